"""What brought a movement of points about: a sale here, and what the apps above know, by the names in settings."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from customers.models import Transaction
from loyalty_site.backoffice.panels import Link
from points.adjustments.models import Adjustment
from points.models import Transfer

SAID = "transaction "  # before a document's number, in what a sale's movement says. Open Loyalty, points transfers


def of(transfers: Sequence[Transfer]) -> dict[UUID, Link]:
    """The causes of those of the movements that have one, by the movement's id; a query or two, however many."""
    found: dict[UUID, Link] = {}
    for name in settings.MOVEMENT_CAUSES:
        found |= import_string(name)(transfers)
    return found


def sales(transfers: Iterable[Transfer]) -> dict[UUID, Link]:
    """The sale of the same customer whose document the movement names."""
    named = {
        transfer.pk: (transfer.account_id, _document(transfer))
        for transfer in transfers
        if transfer.channel == Transfer.Channel.SALE
    }
    if not named:
        return {}
    customers, documents = zip(*named.values(), strict=True)
    rows = Transaction.objects.filter(customer__in=set(customers), document_number__in=set(documents)).order_by()
    known = {(sale.customer_id, sale.document_number): sale.pk for sale in rows}
    return {
        movement: Link(
            _("Sale %(document)s") % {"document": told[1]},
            reverse("admin:customers_transaction_change", args=[known[told]]),
        )
        for movement, told in named.items()
        if told in known
    }


def adjustments(transfers: Iterable[Transfer]) -> dict[UUID, Link]:
    """Why staff moved points by hand, and where it says who asked for it and who approved it."""
    by_hand = [transfer.pk for transfer in transfers if transfer.channel == Transfer.Channel.ADMIN]
    if not by_hand:
        return {}
    found = Adjustment.objects.filter(transfer__in=by_hand).select_related("reason")
    return {
        adjustment.transfer_id: Link(
            _("%(reason)s: %(text)s") % {"reason": adjustment.reason, "text": adjustment.text},
            reverse("admin:points_adjustment_change", args=[adjustment.pk]),
        )
        for adjustment in found
    }


def _document(transfer: Transfer) -> str:
    return transfer.reference or transfer.comment.removeprefix(SAID)
