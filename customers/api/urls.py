"""The routes of the customers app, as Open Loyalty's clients call them."""

from django.urls import path

from customers.api.levels import LevelViewSet
from customers.api.segments import SegmentViewSet

levels = LevelViewSet.as_view({"get": "list"})
one_level = LevelViewSet.as_view({"get": "retrieve"})
one_segment = SegmentViewSet.as_view({"get": "retrieve"})
activate_segment = SegmentViewSet.as_view({"post": "activate"})
deactivate_segment = SegmentViewSet.as_view({"post": "deactivate"})

urlpatterns = [
    path("api/level", levels, name="level-list"),
    path("api/level/<str:level>", one_level, name="level-detail"),
    path("api/level/<str:level>/customers", LevelViewSet.as_view({"get": "customers"}), name="level-customers"),
    path("api/seller/level", levels, name="seller-level-list"),
    path("api/seller/level/<str:level>", one_level, name="seller-level-detail"),
    path("api/segment", SegmentViewSet.as_view({"get": "list"}), name="segment-list"),
    path("api/segment/<str:segment>", one_segment, name="segment-detail"),
    path("api/segment/<str:segment>/activate", activate_segment, name="segment-activate"),
    path("api/segment/<str:segment>/deactivate", deactivate_segment, name="segment-deactivate"),
]
