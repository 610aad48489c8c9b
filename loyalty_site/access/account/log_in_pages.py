"""Logging in to the back office: the password, then the code of the second factor where there is one."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty_site.access import sessions
from loyalty_site.access.forms import StaffLogInForm
from loyalty_site.access.models import User


class LogIn(LoginView):
    """Django's, in the admin's clothes, as `AdminSite.login` has it; that has no room for what follows a password."""

    authentication_form = StaffLogInForm
    template_name = "admin/login.html"

    def get(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if admin.site.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return super().get(request, *args, **options)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        facts = {"title": _("Log in"), "app_path": self.request.get_full_path()}
        return super().get_context_data(**admin.site.each_context(self.request) | facts | context)

    def form_valid(self, form: StaffLogInForm) -> HttpResponse:
        let_in(self.request, form.get_user())
        return HttpResponseRedirect(self.get_success_url())


def let_in(request: HttpRequest, user: User) -> None:
    login(request, user)
    sessions.begin(request, at=timezone.now())
