"""The movements of points in what happened to a customer."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.panels import Link
from loyalty_site.backoffice.theme import link
from loyalty_site.backoffice.timeline import Happening, Source
from points.admin import causes
from points.models import Transfer


def _movements(customer: Customer) -> QuerySet:
    return Transfer.objects.filter(account=customer.pk)


def _tell(transfers: list[Transfer]) -> list[Happening]:
    known = causes.of(transfers)
    return [
        Happening(
            capfirst(transfer.get_kind_display()),
            reverse("admin:points_transfer_change", args=[transfer.pk]),
            _note(transfer, known.get(transfer.pk)),
            transfer.points,
        )
        for transfer in transfers
    ]


def _note(transfer: Transfer, cause: Link | None) -> SafeString | str:
    """What it was for, as a link where that stands somewhere; and the balance that it left."""
    left = _("balance %(balance)d") % {"balance": transfer.balance_after}
    if cause:
        return format_html("{} · {}", link(cause.text, cause.url), left)
    said = transfer.comment or transfer.reference
    return f"{said} · {left}" if said else left


MOVEMENTS = Source(
    "points", gettext_lazy("Points"), "points.view_transfer", _movements, "created_at", _tell, tone="primary"
)
