"""Taking somebody's second factor off who lost phone and recovery codes."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import second_factor
from loyalty_site.access.models import User
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import TextWidget


class ResetForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=TextWidget,
        help_text=gettext_lazy("Kept in the audit trail. How did you make sure who asked for it?"),
    )


def resetting(request: HttpRequest, user: User) -> Decision:
    def act(data: dict[str, Any]) -> str:
        second_factor.reset(user, actor=actor_of(request), at=timezone.now(), reason=data["reason"])
        return _("“%(user)s” logs in without a second factor now, and can set up another.") % {"user": user.username}

    return Decision(
        title=_("Reset the second factor of “%(user)s”") % {"user": user.username},
        explanation=_("The app and the recovery codes are void, and every session ends. The password stays."),
        button=_("Reset the second factor"),
        form=ResetForm,
        act=act,
        refused=str,
        back=reverse("admin:access_user_change", args=[user.pk]),
        dangerous=True,
    )
