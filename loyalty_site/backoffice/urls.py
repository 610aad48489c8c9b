"""Pages of the back office that belong to no model; below the admin's path, before the admin's own lines."""

from django.contrib import admin
from django.urls import path

from loyalty_site.backoffice.brand import logo
from loyalty_site.backoffice.finding import page

urlpatterns = [
    path("search/", admin.site.admin_view(page), name="find"),  # the theme has another at this address
    path("brand/<str:theme>/", logo, name="brand-logo"),
]
