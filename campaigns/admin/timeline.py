"""The rewards bought and given back in what happened to a customer, and as causes of movements of points."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Purchase
from customers.models import Customer
from loyalty_site.backoffice.panels import Link
from loyalty_site.backoffice.timeline import Happening, Source
from points.models import Transfer


def _bought(customer: Customer) -> QuerySet:
    return customer.purchases.select_related("campaign")


def _given_back(customer: Customer) -> QuerySet:
    return _bought(customer).filter(refunded_at__isnull=False)


def _tell_bought(purchases: list[Purchase]) -> list[Happening]:
    return [
        Happening(_("Bought “%(reward)s”") % {"reward": purchase.campaign}, page_of(purchase), _price(purchase))
        for purchase in purchases
    ]


def _tell_given_back(purchases: list[Purchase]) -> list[Happening]:
    return [
        Happening(_("“%(reward)s” was refunded") % {"reward": purchase.campaign}, page_of(purchase), _price(purchase))
        for purchase in purchases
    ]


def _price(purchase: Purchase) -> str:
    return _("for %(points)d points") % {"points": purchase.cost_in_points}


def page_of(purchase: Purchase) -> str:
    return reverse("admin:campaigns_purchase_change", args=[purchase.pk])


def causes(transfers: Sequence[Transfer]) -> dict[UUID, Link]:
    """The purchases that these movements paid for, or gave back."""
    paid = Q(transfer__in=[transfer.pk for transfer in transfers])
    paid |= Q(transfer__in=[transfer.corrects_id for transfer in transfers if transfer.corrects_id])
    known = {purchase.transfer_id: purchase for purchase in Purchase.objects.filter(paid).select_related("campaign")}
    found = {transfer.pk: known.get(transfer.pk) or known.get(transfer.corrects_id) for transfer in transfers}
    return {
        movement: Link(_("Reward “%(reward)s”") % {"reward": purchase.campaign}, page_of(purchase))
        for movement, purchase in found.items()
        if purchase
    }


KIND = ("rewards", gettext_lazy("Rewards"), "campaigns.view_purchase")
PURCHASES = Source(*KIND, _bought, "purchased_at", _tell_bought, tone="success")
REFUNDS = Source(*KIND, _given_back, "refunded_at", _tell_given_back, tone="success")
