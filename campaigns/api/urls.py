"""The routes of the campaigns app, as Open Loyalty's clients call them."""

from django.urls import path

from campaigns.api.openloyalty import CampaignViewSet, CustomerRewardViewSet, SellerCampaignViewSet
from campaigns.api.photo import PhotoViewSet

available = CustomerRewardViewSet.as_view({"get": "available"})
buy = CustomerRewardViewSet.as_view({"post": "buy"})
one_campaign = CampaignViewSet.as_view({"get": "retrieve", "put": "replace"})
switch_on = CampaignViewSet.as_view({"post": "switch_on"})
photo = PhotoViewSet.as_view({"get": "retrieve", "post": "upload", "delete": "remove"})
switch_off = CampaignViewSet.as_view({"post": "switch_off"})
sellers_list = SellerCampaignViewSet.as_view({"get": "list"})
sellers_campaign = SellerCampaignViewSet.as_view({"get": "retrieve"})

urlpatterns = [
    path("api/campaign", CampaignViewSet.as_view({"get": "list", "post": "create"}), name="campaign-list"),
    path("api/campaign/<str:campaign>", one_campaign, name="campaign-detail"),
    path("api/campaign/<str:campaign>/active", switch_on, name="campaign-switch-on"),
    path("api/campaign/<str:campaign>/inactive", switch_off, name="campaign-switch-off"),
    path("api/campaign/<str:campaign>/photo", photo, name="campaign-photo"),
    path("api/admin/customer/<str:customer>/campaign/available", available, name="admin-customer-available"),
    path("api/admin/customer/<str:customer>/campaign/<str:campaign>/buy", buy, name="admin-customer-buy"),
    path("api/seller/campaign", sellers_list, name="seller-campaign-list"),
    path("api/seller/campaign/<str:campaign>", sellers_campaign, name="seller-campaign-detail"),
    path("api/seller/customer/<str:customer>/campaign/available", available, name="seller-customer-available"),
    path("api/seller/customer/<str:customer>/campaign/<str:campaign>/buy", buy, name="seller-customer-buy"),
]
