"""Pages of the back office that belong to no model; below the admin's path, before the admin's own lines."""

from django.urls import path

from loyalty_site.backoffice.brand import logo

urlpatterns = [
    path("brand/<str:theme>/", logo, name="brand-logo"),
]
