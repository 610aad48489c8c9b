"""Changing one's own password, and getting a new one by mail. Django's own views, in the theme and with a trail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import (
    INTERNAL_RESET_SESSION_TOKEN,
    PasswordChangeView,
    PasswordResetConfirmView,
)
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect

from loyalty_site.access import password_letters, passwords
from loyalty_site.access.account.pages import DOOR, page, site_context
from loyalty_site.access.account.password_forms import ForgottenForm, NewPasswordForm, OwnPasswordForm
from loyalty_site.access.addresses import address_of
from loyalty_site.access.errors import TooManyAttempts
from loyalty_site.access.forms import wait
from loyalty_site.access.models import User
from loyalty_site.backoffice.staff import actor_for, actor_of


class OwnPassword(PasswordChangeView):
    form_class = OwnPasswordForm
    template_name = "registration/password_change_form.html"
    success_url = reverse_lazy("admin:index")
    title = gettext_lazy("Change password")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"address": address_of(self.request)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**site_context(self.request) | context)

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        """Every other session and log-in ends; this one goes on."""
        at, user = timezone.now(), form.user
        passwords.set_password(user, form.cleaned_data["new_password1"], actor=actor_of(self.request), at=at)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, _("Your password is changed. All your other sessions ended."))
        return HttpResponseRedirect(self.get_success_url())


@csrf_protect
def forgotten(request: HttpRequest) -> HttpResponse:
    """The same answer for every address, known or not."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        site, address = request.build_absolute_uri("/").rstrip("/"), address_of(request)
        try:
            password_letters.ask(form.cleaned_data["email"], site=site, address=address, at=timezone.now())
        except TooManyAttempts as locked:
            form.add_error(None, wait(locked))
        else:
            return HttpResponseRedirect(reverse("password-letter-sent"))
    text = _("A letter with a link to a new password goes to the e-mail of your account.")
    return page(request, DOOR, _("Forgotten password"), form=form, text=text, button=_("Send the letter"))


def letter_sent(request: HttpRequest) -> HttpResponse:
    text = _(
        "If an account of the staff has this e-mail, the letter is on its way. Its link is good for an hour. "
        "Nothing came? Look among unwanted mail, or ask an administrator."
    )
    return page(request, DOOR, _("Look into your mail"), text=text)


class NewPassword(PasswordResetConfirmView):
    form_class = NewPasswordForm
    template_name = DOOR
    success_url = reverse_lazy("admin:login")
    title = gettext_lazy("Choose a new password")

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_staff and user.is_active else None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        facts = super().get_context_data(**site_context(self.request) | {"button": _("Set the password")} | context)
        if not self.validlink:
            facts |= {"text": _("This link is used up or too old. Ask for another letter."), "form": None}
        return facts

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Nobody is let in by this: the log-in comes next, with the second factor where there is one."""
        user = form.user
        passwords.set_password(user, form.cleaned_data["new_password1"], actor=actor_for(user), at=timezone.now())
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, _("Your password is set. Log in with it."))
        return HttpResponseRedirect(self.get_success_url())
