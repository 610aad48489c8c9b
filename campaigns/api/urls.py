"""The routes of the campaigns app, as Open Loyalty's clients call them."""

from django.urls import path

from campaigns.api.active_campaigns import ActiveCampaignViewSet
from campaigns.api.bought_rewards import BoughtRewardViewSet
from campaigns.api.coupons_used import CouponsUsedViewSet
from campaigns.api.customer_rewards import OwnRewardViewSet
from campaigns.api.customers import CustomerViewSet, SegmentCustomerViewSet
from campaigns.api.openloyalty import CampaignViewSet, CustomerRewardViewSet, SellerCampaignViewSet
from campaigns.api.photo import PhotoViewSet
from campaigns.api.visible_customers import VisibleCustomerViewSet

active_campaigns = ActiveCampaignViewSet.as_view({"get": "list"})
bought_rewards = BoughtRewardViewSet.as_view({"get": "list"})
bought_export = BoughtRewardViewSet.as_view({"get": "export"})
available = CustomerRewardViewSet.as_view({"get": "available"})
bought = CustomerRewardViewSet.as_view({"get": "bought"})
use = CustomerRewardViewSet.as_view({"post": "use"})
own_available = OwnRewardViewSet.as_view({"get": "available"})
own_bought = OwnRewardViewSet.as_view({"get": "bought"})
own_buy = OwnRewardViewSet.as_view({"post": "buy"})
coupons_used = CouponsUsedViewSet.as_view({"post": "mark"})
own_coupons_used = CouponsUsedViewSet.as_view({"post": "mark_own"})
own_use = OwnRewardViewSet.as_view({"post": "use"})
buy = CustomerRewardViewSet.as_view({"post": "buy"})
buy_or_give = CustomerRewardViewSet.as_view({"post": "buy_or_give"})
one_campaign = CampaignViewSet.as_view({"get": "retrieve", "put": "replace"})
switch_on = CampaignViewSet.as_view({"post": "switch_on"})
photo = PhotoViewSet.as_view({"get": "retrieve", "post": "upload", "delete": "remove"})
switch_off = CampaignViewSet.as_view({"post": "switch_off"})
sellers_list = SellerCampaignViewSet.as_view({"get": "list"})
sellers_campaign = SellerCampaignViewSet.as_view({"get": "retrieve"})
customers = CustomerViewSet.as_view({"get": "list"})
one_customer = CustomerViewSet.as_view({"get": "retrieve", "put": "replace"})
search_customers = CustomerViewSet.as_view({"post": "search"})
segment_customers = SegmentCustomerViewSet.as_view({"get": "list"})
visible_customers = VisibleCustomerViewSet.as_view({"get": "list"})

urlpatterns = [
    path("api/campaign", CampaignViewSet.as_view({"get": "list", "post": "create"}), name="campaign-list"),
    path("api/campaign/active", active_campaigns, name="campaign-active-list"),
    path("api/campaign/bought", bought_rewards, name="campaign-bought-list"),
    path("api/campaign/bought/export/csv", bought_export, name="campaign-bought-export"),
    path("api/campaign/<str:campaign>", one_campaign, name="campaign-detail"),
    path("api/campaign/<str:campaign>/active", switch_on, name="campaign-switch-on"),
    path("api/campaign/<str:campaign>/inactive", switch_off, name="campaign-switch-off"),
    path("api/campaign/<str:campaign>/customers/visible", visible_customers, name="campaign-visible-customers"),
    path("api/campaign/<str:campaign>/photo", photo, name="campaign-photo"),
    path("api/admin/customer/<str:customer>/campaign/available", available, name="admin-customer-available"),
    path("api/admin/customer/<str:customer>/campaign/<str:campaign>/buy", buy_or_give, name="admin-customer-buy"),
    path("api/seller/campaign", sellers_list, name="seller-campaign-list"),
    path("api/seller/campaign/<str:campaign>", sellers_campaign, name="seller-campaign-detail"),
    path("api/seller/customer/<str:customer>/campaign/available", available, name="seller-customer-available"),
    path("api/seller/customer/<str:customer>/campaign/<str:campaign>/buy", buy, name="seller-customer-buy"),
    path("api/admin/customer/<str:customer>/campaign/bought", bought, name="admin-customer-bought"),
    path("api/seller/customer/<str:customer>/campaign/bought", bought, name="seller-customer-bought"),
    path(
        "api/admin/customer/<str:customer>/campaign/<str:campaign>/coupon/<str:code>", use, name="admin-customer-coupon"
    ),
    path("api/admin/campaign/coupons/mark_as_used", coupons_used, name="admin-coupons-used"),
    path("api/customer/campaign/coupons/mark_as_used", own_coupons_used, name="customer-coupons-used"),
    path("api/customer/campaign/available", own_available, name="customer-available"),
    path("api/customer/campaign/bought", own_bought, name="customer-bought"),
    path("api/customer/campaign/<str:campaign>/buy", own_buy, name="customer-buy"),
    path("api/customer/campaign/<str:campaign>/coupon/<str:code>", own_use, name="customer-coupon"),
    path("api/customer", customers, name="customer-list"),
    path("api/admin/customer", customers, name="admin-customer-list"),
    path("api/customer/<str:customer>", one_customer, name="customer-detail"),
    path("api/pos/search/customer", search_customers, name="pos-search-customer"),
    path("api/segment/<str:segment>/customers", segment_customers, name="segment-customers"),
]
