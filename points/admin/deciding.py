"""What is done about an adjustment that waits: the questions put to the second person, and to the first."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.reasons import reason_field
from loyalty_site.backoffice.staff import actor_of
from points.adjustments import deciding
from points.adjustments.models import Adjustment
from points.admin.adjusting import STAYS, outlook, told
from points.admin.adjustment_refusals import sentence_of


class WordForm(forms.Form):
    word = reason_field(STAYS, label=gettext_lazy("Your word on it"))


class OptionalWordForm(forms.Form):
    word = reason_field(STAYS, label=gettext_lazy("Your word on it, if you like"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["word"].required = False


def approving(request: HttpRequest, adjustment: Adjustment) -> Decision:
    actor, sign = actor_of(request), 1 if adjustment.points > 0 else -1
    before = outlook(adjustment.customer, actor, sign, timezone.now(), abs(adjustment.points))

    def act(data: dict[str, Any]) -> str:
        return told(deciding.approve(adjustment.pk, actor=actor, at=timezone.now(), word=data["word"]))

    return Decision(
        title=_("Approve this adjustment"),
        explanation=asked(adjustment),
        button=_("Approve"),
        form=OptionalWordForm,
        act=act,
        drawn=before.drawn_for_second_person(),
        **_common(adjustment),
    )


def refusing(request: HttpRequest, adjustment: Adjustment) -> Decision:
    def act(data: dict[str, Any]) -> str:
        deciding.refuse(adjustment.pk, actor=actor_of(request), at=timezone.now(), word=data["word"])
        return _("Refused. No points have moved.")

    return Decision(
        title=_("Refuse this adjustment"),
        explanation=asked(adjustment),
        button=_("Refuse"),
        form=WordForm,
        act=act,
        dangerous=True,
        **_common(adjustment),
    )


def withdrawing(request: HttpRequest, adjustment: Adjustment) -> Decision:
    def act(data: dict[str, Any]) -> str:
        deciding.withdraw(adjustment.pk, actor=actor_of(request), at=timezone.now(), word=data["word"])
        return _("Withdrawn. No points have moved.")

    return Decision(
        title=_("Withdraw your request"),
        explanation=asked(adjustment),
        button=_("Withdraw"),
        form=OptionalWordForm,
        act=act,
        **_common(adjustment),
    )


def asked(adjustment: Adjustment) -> str:
    """Who wants what, and why, in a sentence."""
    facts = {
        "who": adjustment.asked_by.username,
        "points": abs(adjustment.points),
        "name": adjustment.customer,
        "reason": adjustment.reason,
        "text": adjustment.text,
    }
    if adjustment.points > 0:
        return _("%(who)s asks to add %(points)d points to %(name)s. %(reason)s: “%(text)s”") % facts
    return _("%(who)s asks to take %(points)d points from %(name)s. %(reason)s: “%(text)s”") % facts


def _common(adjustment: Adjustment) -> dict[str, Any]:
    return {"refused": sentence_of, "back": reverse("admin:points_adjustment_change", args=[adjustment.pk])}
