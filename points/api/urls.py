"""The routes of the points app, as Open Loyalty's clients and RBI's partners call them."""

from django.urls import path

from points.api.customer_status import CustomerStatusViewSet
from points.api.openloyalty import CancelViewSet, TillTransferViewSet, TransferViewSet
from points.api.programme import ProgrammeViewSet
from points.api.rbi import AssignPointsView, ColdAssignPointsView, PointsView
from points.api.rbi_reading import TransactionSearchView, TransactionsView, UserView
from points.api.transfer_list import TransferListViewSet

every_transfer = TransferListViewSet.as_view({"get": "list"})
own_transfers = TransferListViewSet.as_view({"get": "own"})
cancel = CancelViewSet.as_view({"post": "cancel"})
till_add = TillTransferViewSet.as_view({"post": "add"})
till_spend = TillTransferViewSet.as_view({"post": "spend"})
customer_status = CustomerStatusViewSet.as_view({"get": "retrieve"})

urlpatterns = [
    path("api/points/transfer", every_transfer, name="points-transfer-list"),
    path("api/points/transfer/add", TransferViewSet.as_view({"post": "add"}), name="points-transfer-add"),
    path("api/points/transfer/spend", TransferViewSet.as_view({"post": "spend"}), name="points-transfer-spend"),
    path("api/points/transfer/<str:transfer>/cancel", cancel, name="points-transfer-cancel"),
    path("api/seller/points/transfer", every_transfer, name="seller-points-transfer-list"),
    path("api/customer/points/transfer", own_transfers, name="customer-points-transfer-list"),
    path("api/pos/points/transfer/add", till_add, name="pos-points-transfer-add"),
    path("api/pos/points/transfer/spend", till_spend, name="pos-points-transfer-spend"),
    path("api/customer/<str:customer>/status", customer_status, name="customer-status"),
    path("api/admin/customer/<str:customer>/status", customer_status, name="admin-customer-status"),
    path("api/seller/customer/<str:customer>/status", customer_status, name="seller-customer-status"),
    path("api/settings", ProgrammeViewSet.as_view({"get": "show"}), name="settings"),
    path("api/earningRule", ProgrammeViewSet.as_view({"get": "earning_rules"}), name="earning-rule-list"),
    path("loyalty/user/<str:user>", UserView.as_view(), name="loyalty-user"),
    path("loyalty/user/<str:user>/points", PointsView.as_view(), name="loyalty-user-points"),
    path("loyalty/user/<str:user>/transactions", TransactionsView.as_view(), name="loyalty-user-transactions"),
    path("transactions/search", TransactionSearchView.as_view(), name="transaction-search"),
    path("bulk-action/hot/assign-points", AssignPointsView.as_view(), name="bulk-assign-points"),
    path("bulk-action/cold/assign-points", ColdAssignPointsView.as_view(), name="bulk-assign-points-cold"),
]
