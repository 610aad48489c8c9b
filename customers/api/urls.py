"""The routes of the customers app, as Open Loyalty's and Capillary's clients call them."""

from django.urls import path

from customers.api.capillary import LookupView
from customers.api.levels import LevelViewSet
from customers.api.registering import CustomerStatusViewSet, RegistrationViewSet
from customers.api.sales_list import SaleViewSet
from customers.api.segments import SegmentViewSet
from customers.api.stores import StoreViewSet

levels = LevelViewSet.as_view({"get": "list"})
one_level = LevelViewSet.as_view({"get": "retrieve"})
one_segment = SegmentViewSet.as_view({"get": "retrieve"})
activate_segment = SegmentViewSet.as_view({"post": "activate"})
deactivate_segment = SegmentViewSet.as_view({"post": "deactivate"})
register = RegistrationViewSet.as_view({"post": "register"})
activate = CustomerStatusViewSet.as_view({"post": "activate"})
deactivate = CustomerStatusViewSet.as_view({"post": "deactivate"})
stores = StoreViewSet.as_view({"get": "list"})
store_by_identifier = StoreViewSet.as_view({"get": "by_identifier"})

urlpatterns = [
    path("api/customer/register", register, name="customer-register"),
    path("api/admin/customer/register", register, name="admin-customer-register"),
    path("api/seller/customer/register", register, name="seller-customer-register"),
    path("api/customer/<str:customer>/activate", activate, name="customer-activate"),
    path("api/customer/<str:customer>/deactivate", deactivate, name="customer-deactivate"),
    path("api/admin/customer/<str:customer>/activate", activate, name="admin-customer-activate"),
    path("api/admin/customer/<str:customer>/deactivate", deactivate, name="admin-customer-deactivate"),
    path("api/customer/transaction", SaleViewSet.as_view({"get": "list"}), name="customer-transaction-list"),
    path("api/pos", stores, name="pos-list"),
    path("api/pos/<str:store>", StoreViewSet.as_view({"get": "retrieve"}), name="pos-detail"),
    path("api/pos/identifier/<str:identifier>", store_by_identifier, name="pos-by-identifier"),
    path("api/seller/pos", stores, name="seller-pos-list"),
    path("api/level", levels, name="level-list"),
    path("api/level/<str:level>", one_level, name="level-detail"),
    path("api/level/<str:level>/customers", LevelViewSet.as_view({"get": "customers"}), name="level-customers"),
    path("api/seller/level", levels, name="seller-level-list"),
    path("api/seller/level/<str:level>", one_level, name="seller-level-detail"),
    path("api/segment", SegmentViewSet.as_view({"get": "list"}), name="segment-list"),
    path("api/segment/<str:segment>", one_segment, name="segment-detail"),
    path("api/segment/<str:segment>/activate", activate_segment, name="segment-activate"),
    path("api/segment/<str:segment>/deactivate", deactivate_segment, name="segment-deactivate"),
    path("v2/customers/lookup", LookupView.as_view(), name="customer-lookup"),
]
