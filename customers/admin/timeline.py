"""What happened to a customer: the panel over all apps, and what this app adds to it."""

from datetime import datetime

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.level_panel import money
from customers.models import Customer, Transaction
from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice import changes, timeline, words
from loyalty_site.backoffice.asked import address
from loyalty_site.backoffice.panels import Choice, Link, Panel
from loyalty_site.backoffice.theme import badge, link, moment
from loyalty_site.backoffice.timeline import Happening, Line, Source

SHOWN = 15


def panel(request: HttpRequest, customer: Customer, at: datetime) -> Panel:
    known = timeline.sources(settings.CUSTOMER_TIMELINE, request)
    kinds = {source.kind: str(source.label) for source in known}
    kind = request.GET.get("happened", "")
    kind = kind if kind in kinds else ""
    lines, older = timeline.page(known, customer, kind, request.GET.get("before", ""), SHOWN)
    return Panel(
        _("Timeline"),
        headers=[_("When"), _("What"), _("Happened"), _("Points"), _("Note")],
        rows=[_cells(line) for line in lines],
        empty=_("Nothing happened yet.") if not request.GET.get("before") else _("Nothing happened before."),
        choices=[
            Choice(text, address(request, "timeline", happened=name, before=""), chosen=name == kind)
            for name, text in {"": _("Everything"), **kinds}.items()
        ],
        more=Link(_("Older"), address(request, "timeline", before=older)) if older else None,
        links=[Link(_("Back to the newest"), address(request, "timeline", before=""))]
        if request.GET.get("before")
        else [],
        anchor="timeline",
        is_across=True,
    )


def _cells(line: Line) -> tuple[object, ...]:
    told = line.told
    return (
        moment(line.at),
        badge(str(line.source.label), line.source.tone),
        link(told.text, told.url) if told.url else told.text,
        "" if told.points is None else f"{told.points:+}",
        told.note and format_html("<span>{}</span>", told.note),
    )


def _sales(customer: Customer) -> QuerySet:
    return customer.transactions.select_related("store")


def _tell_sales(sales: list[Transaction]) -> list[Happening]:
    return [
        Happening(
            _("Return %(document)s") % {"document": sale.document_number}
            if sale.document_type == Transaction.Type.RETURN
            else _("Sale %(document)s") % {"document": sale.document_number},
            reverse("admin:customers_transaction_change", args=[sale.pk]),
            note=_("%(value)s in %(store)s") % {"value": money(sale.gross_value), "store": sale.store}
            if sale.store
            else money(sale.gross_value),
        )
        for sale in sales
    ]


def _entries(customer: Customer) -> QuerySet:
    return AuditEntry.objects.filter(object_type="customer", object_id=str(customer.pk))


def _tell_entries(entries: list[AuditEntry]) -> list[Happening]:
    known = words.of_kind(admin.site, "customer")
    return [
        Happening(
            capfirst(entry.action),
            reverse("admin:customers_customer_history", args=[entry.object_id]),
            note=" · ".join(filter(None, [_changed(entry, known), entry.reason, entry.actor_label])),
        )
        for entry in entries
    ]


def _changed(entry: AuditEntry, known: words.Words) -> str:
    """What became what; of fields whose values the trail does not keep, their names."""
    lines = changes.between(entry.before, entry.after, known)
    told = [f"{what}: {before} → {after}" for what, before, after in lines if after != changes.CHANGED]
    return ", ".join([*told, *(what for what, _before, after in lines if after == changes.CHANGED)])


SALES = Source(
    "sales", gettext_lazy("Sales"), "customers.view_transaction", _sales, "purchased_at", _tell_sales, tone="info"
)
CHANGES = Source("changes", gettext_lazy("Changes"), "customers.view_customer", _entries, "at", _tell_entries)
