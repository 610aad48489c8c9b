"""Every route of the site; each app's own lines stand in its `api/urls.py`."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from loyalty_site.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("loyalty_site.api.description.urls")),
    path("", include("loyalty_site.access.api.urls")),
    path("", include("customers.api.urls")),
    path("", include("points.api.urls")),
    path("", include("campaigns.api.urls")),
    path("", include("promotions.api.urls")),
    path("", include("offers.api.urls")),
    path(settings.ADMIN_PATH, include("loyalty_site.access.account.urls")),
    path(settings.ADMIN_PATH, include("loyalty_site.backoffice.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler400 = "loyalty_site.api.error_pages.bad_request"
handler403 = "loyalty_site.api.error_pages.permission_denied"
handler404 = "loyalty_site.api.error_pages.not_found"
handler500 = "loyalty_site.api.error_pages.server_error"
