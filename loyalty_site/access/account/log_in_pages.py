"""Logging in to the back office: the password, then the code of the second factor where there is one."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from loyalty_site.access import second_factor, sessions
from loyalty_site.access.account import marks
from loyalty_site.access.account.pages import DOOR, page, site_context
from loyalty_site.access.account.second_factor_forms import CodeForm, complaint
from loyalty_site.access.errors import TooManyAttempts, WrongCode
from loyalty_site.access.forms import StaffLogInForm
from loyalty_site.access.models import User
from loyalty_site.backoffice.staff import actor_for


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
        return super().get_context_data(**site_context(self.request) | facts | context)

    def form_valid(self, form: StaffLogInForm) -> HttpResponse:
        user, then = form.get_user(), self.get_success_url()
        if second_factor.stands_before(user):
            marks.await_code(self.request, user, then, at=timezone.now())
            return HttpResponseRedirect(reverse("log-in-code"))
        let_in(self.request, user)
        return HttpResponseRedirect(then)


@csrf_protect
@sensitive_post_parameters("code")
def log_in_code(request: HttpRequest) -> HttpResponse:
    """The second step; whoever has not taken the first is sent back to it."""
    at = timezone.now()
    waiting = marks.pending(request, at=at)
    if waiting is None:
        return HttpResponseRedirect(reverse("admin:login"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            second_factor.verify(waiting.user, form.cleaned_data["code"], actor=actor_for(waiting.user), at=at)
        except (WrongCode, TooManyAttempts) as refusal:
            form.add_error("code", complaint(refusal))
        else:
            let_in(request, waiting.user)
            marks.mark_shown(request)
            return HttpResponseRedirect(waiting.then)
    text = _("Type the code that your app shows now. Without your phone, type one of your recovery codes.")
    return page(request, DOOR, _("Second factor"), form=form, text=text, button=_("Log in"))


def let_in(request: HttpRequest, user: User) -> None:
    login(request, user)
    sessions.begin(request, at=timezone.now())
