"""Pages of the back office around one's own account; below the admin's path, before the admin's own lines."""

from django.contrib import admin
from django.urls import path

from loyalty_site.access.account.log_in_pages import LogIn
from loyalty_site.access.account.session_pages import own_sessions

urlpatterns = [
    path("login/", LogIn.as_view(), name="log-in"),
    path("account/sessions/", admin.site.admin_view(own_sessions), name="own-sessions"),
]
