"""How a customer's balance came about, now or at any moment before: a panel of the customer's page."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.asked import address, kept
from loyalty_site.backoffice.filters import FIRST_YEAR
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import TextWidget, link, moment
from points.admin.waterfall import Step, steps
from points.as_of import Standing, standing_at, standing_now
from points.days import day_of

SHOWN = 24  # buckets: two years of months
FIELD = "as_of"
LEDGER = "admin:points_transfer_changelist"


class MomentForm(forms.Form):
    """Of which moment the balance is asked."""

    as_of = forms.DateTimeField(
        label=gettext_lazy("Balance as of"),
        widget=TextWidget(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("In the programme's time zone."),
    )

    def __init__(self, data: Any, *, at: datetime) -> None:
        super().__init__(data)
        self.at = at
        self.label_suffix = ""

    def clean_as_of(self) -> datetime:
        asked = self.cleaned_data[FIELD]
        if asked > self.at or asked.year < FIRST_YEAR:
            raise forms.ValidationError(_("Choose a moment that has passed."))
        return asked


def balance(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """What the customer has, or had, and where it came from and went."""
    if not request.user.has_perm("points.view_account"):
        return None
    form = MomentForm(request.GET if request.GET.get(FIELD) else None, at=at)
    asked = form.cleaned_data[FIELD] if form.is_valid() else None
    standing = standing_at(customer.pk, asked) if asked else standing_now(customer.pk, at)
    ledger = f"{reverse(LEDGER)}?customer={customer.pk}"
    told = {
        "form": form,
        "kept": list(kept(request, FIELD)),
        "asked": moment(asked) if asked else "",
        "now": address(request, "points", as_of=""),
        "steps": [_told(step, customer, asked) for step in steps(standing)],
        "buckets": [(_day(last), grouped(points)) for last, points in standing.buckets[:SHOWN]],
        "later": grouped(_later(standing)) if len(standing.buckets) > SHOWN else "",
    }
    return Panel(
        _("Points"),
        drawn=render_to_string("points/admin/balance.html", told),
        links=[Link(_("All movements"), ledger)] if request.user.has_perm("points.view_transfer") else [],
        anchor="points",
    )


def _told(step: Step, customer: Customer, asked: datetime | None) -> dict[str, Any]:
    """A line of the table, its bar, and where the movements behind it are listed."""
    words, tone, kind = {
        "earned": (_("Earned"), "gain", "earn"),
        "spent": (_("Spent"), "loss", "spend"),
        "expired": (_("Expired"), "gone", "expire"),
        "left": (_("Could be spent") if asked else _("Can be spent"), "", ""),
    }[step.name]
    facts = {"customer": customer.pk} | ({"kind__exact": kind} if kind else {})
    facts |= {"created_at_to": day_of(asked).isoformat()} if asked else {}
    movements = f"{reverse(LEDGER)}?{urlencode(facts)}"
    bar = {"start": str(step.start), "width": str(step.width), "tone": tone}
    return {"label": words, "points": link(grouped(step.points), movements), "bar": bar}


def _later(standing: Standing) -> int:
    """The points of the buckets that are not listed one by one."""
    return sum(points for _last, points in standing.buckets[SHOWN:])


def _day(last: date) -> str:
    return date_format(last, "SHORT_DATE_FORMAT")
