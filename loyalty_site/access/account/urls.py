"""Pages of the back office around one's own account; below the admin's path, before the admin's own lines."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from loyalty_site.access.account import language_page
from loyalty_site.access.account.log_in_pages import LogIn, log_in_code
from loyalty_site.access.account.password_pages import NewPassword, OwnPassword, forgotten, letter_sent
from loyalty_site.access.account.second_factor_pages import own_second_factor
from loyalty_site.access.account.session_pages import own_sessions

staff = admin.site.admin_view

urlpatterns = [
    path("login/", LogIn.as_view(), name="log-in"),
    path("login/code/", log_in_code, name="log-in-code"),
    path("language/", language_page.choose, name="own-language"),
    path("password_change/", staff(OwnPassword.as_view()), name="own-password"),
    path("account/second-factor/", staff(own_second_factor), name="own-second-factor"),
    path("account/sessions/", staff(own_sessions), name="own-sessions"),
]
if settings.PASSWORD_RESET_BY_MAIL:
    urlpatterns += [
        path("password-reset/", forgotten, name="admin_password_reset"),  # the log-in links to this name
        path("password-reset/sent/", letter_sent, name="password-letter-sent"),
        path("password-reset/<uidb64>/<token>/", NewPassword.as_view(), name="new-password"),
    ]
