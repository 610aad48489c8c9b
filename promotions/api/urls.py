"""The routes of the promotions app, as Capillary's clients call them."""

from django.urls import path

from promotions.api.capillary import IssueView
from promotions.api.capillary_promotions import PromotionDataView

urlpatterns = [
    path("v2/promotion/issue", IssueView.as_view(), name="promotion-issue"),
    path("v2/customers/lookup/promotionData", PromotionDataView.as_view(), name="customer-lookup-promotions"),
]
