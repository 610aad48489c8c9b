"""The routes of the points app."""

from django.urls import path

from points.api.openloyalty import TransferViewSet

urlpatterns = [
    path("api/points/transfer/add", TransferViewSet.as_view({"post": "add"}), name="points-transfer-add"),
    path("api/points/transfer/spend", TransferViewSet.as_view({"post": "spend"}), name="points-transfer-spend"),
]
