"""The routes of the offers app, as Exchange Solutions' clients call them."""

from django.urls import path

from offers.api.es import BestOfferView, FutureOffersView, OffersView, OfferView
from offers.api.es_sessions import SessionView

urlpatterns = [
    path("client/users/<str:identifier>/sessions", SessionView.as_view(), name="es-session"),
    path("client/users/<str:correlation_id>/offer/<str:offer_id>", OfferView.as_view(), name="es-offer-answer"),
    path("client/users/<str:correlation_id>/offer", BestOfferView.as_view(), name="es-best-offer"),
    path("client/users/<str:correlation_id>/offers", OffersView.as_view(), name="es-offers"),
    path("client/users/<str:correlation_id>/offers/future", FutureOffersView.as_view(), name="es-future-offers"),
]
