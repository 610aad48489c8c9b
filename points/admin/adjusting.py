"""Adding points by hand and taking them: with a reason that the ledger keeps."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.reasons import reason_field
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import NumberWidget
from loyalty_site.errors import DomainError
from points import services
from points.errors import NotEnoughPoints
from points.ledger import Note
from points.models import Account, Transfer

MOST_POINTS = 1_000_000_000  # beyond it somebody has typed a phone number
MOVEMENTS_SHOW_IT = gettext_lazy("The customer's movements show it, and so does the audit trail.")


class AdjustmentForm(forms.Form):
    points = forms.IntegerField(
        label=gettext_lazy("Points"), min_value=1, max_value=MOST_POINTS, widget=NumberWidget(attrs={"min": 1})
    )
    reason = reason_field(MOVEMENTS_SHOW_IT)


def adding(request: HttpRequest, customer: Customer) -> Decision:
    def act(data: dict[str, Any]) -> str:
        transfer = services.earn(customer.pk, data["points"], at=timezone.now(), note=_note(request, data))
        return _("%(points)d points added. The balance is %(balance)d.") % _facts(transfer)

    return _decision(request, customer, act, _("Add points to %(name)s"), _("Add points"))


def taking(request: HttpRequest, customer: Customer) -> Decision:
    def act(data: dict[str, Any]) -> str:
        transfer = services.deduct(customer.pk, data["points"], at=timezone.now(), note=_note(request, data))
        return _("%(points)d points taken. The balance is %(balance)d.") % _facts(transfer)

    return _decision(request, customer, act, _("Take points from %(name)s"), _("Take points"))


def _decision(
    request: HttpRequest, customer: Customer, act: Callable[[dict[str, Any]], str], title: str, button: str
) -> Decision:
    spendable = Account.objects.spendable_of(customer.pk, timezone.now())
    return Decision(
        title=title % {"name": customer},
        explanation=_("%(name)s has %(spendable)d points to spend now.") % {"name": customer, "spendable": spendable},
        button=button,
        form=AdjustmentForm,
        act=act,
        refused=_sentence,
        back=reverse("admin:customers_customer_change", args=[customer.pk]),
    )


def _note(request: HttpRequest, data: dict[str, Any]) -> Note:
    return Note(channel=Transfer.Channel.ADMIN, actor=actor_of(request), comment=data["reason"])


def _facts(transfer: Transfer) -> dict[str, int]:
    return {"points": abs(transfer.points), "balance": transfer.balance_after}


def _sentence(refusal: DomainError) -> str:
    if isinstance(refusal, NotEnoughPoints):
        return _("There are only %(balance)d points to take.") % refusal.facts
    return _("This customer does not exist any more.")
