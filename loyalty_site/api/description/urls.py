"""Where the description is."""

from django.urls import path

from loyalty_site.api.description.views import DescriptionView, PageView

urlpatterns = [
    path("api/doc.json", DescriptionView.as_view(), name="api-description"),
    path("doc", PageView.as_view(), name="api-page"),
]
