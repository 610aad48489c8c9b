"""Adding points by hand, taking them, and taking a movement back: the questions, with what would come of each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.access.actors import Actor
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.reasons import reason_field
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import NumberWidget, SelectWidget
from points.adjustments import ceilings, services
from points.adjustments.models import Adjustment, AdjustmentReason
from points.adjustments.moving import change_of
from points.admin.adjustment_refusals import sentence_of
from points.models import Account, Transfer

MOST_POINTS = 1_000_000_000  # beyond it somebody has typed a phone number
MOVEMENTS_SHOW_IT = gettext_lazy("The customer's movements show it, and so does the audit trail.")
STAYS = gettext_lazy(
    "The customer's movements show it for good, and so does the audit trail. Write no names, addresses or numbers of "
    "people."
)
SCRIPT = "points/adjusting.js"


class WhyForm(forms.Form):
    reason = forms.ModelChoiceField(
        AdjustmentReason.objects.filter(active=True),
        label=gettext_lazy("Reason"),
        empty_label=gettext_lazy("Choose a reason"),
        widget=SelectWidget,
    )
    text = reason_field(STAYS, label=gettext_lazy("What happened"))


class AdjustmentForm(WhyForm):
    points = forms.IntegerField(
        label=gettext_lazy("Points"), min_value=1, max_value=MOST_POINTS, widget=NumberWidget(attrs={"min": 1})
    )
    field_order = ["points", "reason", "text"]


@dataclass(frozen=True)
class Outlook:
    """What a balance is now, and what one person may do about it alone."""

    balance: int
    alone: int
    sign: int  # of the change
    points: int = 0  # where they are known before the page is sent

    def drawn(self) -> SafeString:
        after = self.balance + self.sign * self.points
        return render_to_string("points/admin/outlook.html", {"outlook": self, "after": after})

    def drawn_for_second_person(self) -> SafeString:
        """Who approves does not ask what may be done alone."""
        return replace(self, alone=self.points).drawn()


def adding(request: HttpRequest, customer: Customer) -> Decision:
    return _moving(request, customer, +1, _("Add points to %(name)s"), _("Add points"))


def taking(request: HttpRequest, customer: Customer) -> Decision:
    return _moving(request, customer, -1, _("Take points from %(name)s"), _("Take points"))


def taking_back(request: HttpRequest, transfer: Transfer) -> Decision:
    customer, actor, change = transfer.account.customer, actor_of(request), change_of(transfer)
    before = outlook(customer, actor, 1 if change > 0 else -1, timezone.now(), abs(change))

    def act(data: dict[str, Any]) -> str:
        return told(services.take_back(transfer.pk, **data, actor=actor, at=timezone.now()))

    facts = {"name": customer, "points": abs(change)}
    explanation = (
        _("The movement stays in the books. A new one that names it gives %(points)d points back to %(name)s.")
        if change > 0
        else _("The movement stays in the books. A new one that names it takes %(points)d points from %(name)s.")
    )
    return Decision(
        title=_("Take this movement back: %(movement)s") % {"movement": transfer},
        explanation=explanation % facts,
        button=_("Take back"),
        form=WhyForm,
        act=act,
        refused=sentence_of,
        back=reverse("admin:points_transfer_change", args=[transfer.pk]),
        drawn=before.drawn(),
        dangerous=True,
    )


def outlook(customer: Customer, actor: Actor, sign: int, at: datetime, points: int = 0) -> Outlook:
    balance = Account.objects.spendable_of(customer.pk, at)
    return Outlook(balance, ceilings.left_today(actor, at=at), sign, points)


def told(adjustment: Adjustment) -> str:
    """What staff are told of what they have just sent."""
    moved = adjustment.transfer
    if moved is None:
        return _("That is more than you may do alone: it waits for a second person. Nothing has moved yet.")
    facts = {
        "points": abs(moved.points),
        "before": moved.balance_after - moved.points,
        "after": moved.balance_after,
    }
    if moved.points > 0:
        return _("%(points)d points added. The balance was %(before)d and is %(after)d now.") % facts
    return _("%(points)d points taken. The balance was %(before)d and is %(after)d now.") % facts


def _moving(request: HttpRequest, customer: Customer, sign: int, title: str, button: str) -> Decision:
    actor = actor_of(request)
    before = outlook(customer, actor, sign, timezone.now())
    return Decision(
        title=title % {"name": customer},
        explanation=_alone(before.alone),
        button=button,
        form=AdjustmentForm,
        act=_mover(customer, sign, actor),
        refused=sentence_of,
        back=reverse("admin:customers_customer_change", args=[customer.pk]),
        drawn=before.drawn(),
        scripts=[SCRIPT],
    )


def _mover(customer: Customer, sign: int, actor: Actor) -> Callable[[dict[str, Any]], str]:
    def act(data: dict[str, Any]) -> str:
        why = {"reason": data["reason"], "text": data["text"]}
        return told(services.adjust(customer.pk, sign * data["points"], **why, actor=actor, at=timezone.now()))

    return act


def _alone(alone: int) -> str:
    if alone == 0:
        return _("You may move no points alone now: what you send waits for a second person.")
    return _("You may move up to %(alone)d points alone now. More waits for a second person.") % {"alone": alone}
