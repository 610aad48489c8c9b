"""The routes of the offers app, as the clients of Exchange Solutions and the partners of RBI call them."""

from django.urls import path

from offers.api.es import BestOfferView, FutureOffersView, OffersView, OfferView
from offers.api.es_sessions import SessionView
from offers.api.rbi import ColdCreateOfferView, CreateOfferView
from offers.api.rbi_reading import GivenOffersView, TraceView

urlpatterns = [
    path("client/users/<str:identifier>/sessions", SessionView.as_view(), name="es-session"),
    path("client/users/<str:correlation_id>/offer/<str:offer_id>", OfferView.as_view(), name="es-offer-answer"),
    path("client/users/<str:correlation_id>/offer", BestOfferView.as_view(), name="es-best-offer"),
    path("client/users/<str:correlation_id>/offers", OffersView.as_view(), name="es-offers"),
    path("client/users/<str:correlation_id>/offers/future", FutureOffersView.as_view(), name="es-future-offers"),
    path("bulk-action/hot/create-offer", CreateOfferView.as_view(), name="bulk-create-offer"),
    path("bulk-action/cold/create-offer", ColdCreateOfferView.as_view(), name="bulk-create-offer-cold"),
    path("bulk-action/<str:trace>", TraceView.as_view(), name="bulk-trace"),
    path("loyalty/user/<str:user>/offers", GivenOffersView.as_view(), name="loyalty-user-offers"),
]
