"""Writing the purchases of a made-up year, and what the audit trail would tell of them."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from campaigns import stock
from campaigns.made_up.year import SUPPORT, Bought
from campaigns.models import Campaign, Coupon, Purchase
from loyalty_site.access import audit
from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk_rows import add_rows
from loyalty_site.made_up.dice import Dice

COLUMNS = [
    *("id", "campaign", "customer", "coupon", "position", "n"),
    *("cost_in_points", "transfer", "purchased_at", "actor", "used", "used_at", "refunded_at"),
]
Places = dict[tuple[UUID, int], int]


def write(bought: Sequence[Bought], dice: Dice) -> None:
    """Each with its coupon; what is left of the campaigns is counted anew. The ledger must have been written."""
    ids = {purchase.shelf.id for purchase in bought}
    campaigns = list(Campaign.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    places = _places(campaigns)
    for purchase in bought:
        purchase.id = dice.uuid()
    add_rows(Purchase, COLUMNS, (_row(purchase, places) for purchase in bought))
    for campaign in campaigns:
        stock.recount(campaign)


def entries_of(bought: Sequence[Bought]) -> Iterator[AuditEntry]:
    for purchase in bought:
        subject, by = Purchase(pk=purchase.id), purchase.actor
        facts = {
            "campaign": str(purchase.shelf.id),
            "customer": str(purchase.member.id),
            "cost": purchase.cost,
        }
        yield audit.entry("reward bought", subject, actor=by, at=purchase.at, after=facts)
        if purchase.used_at:
            changes = {"before": {"used": False}, "after": {"used": True}}
            yield audit.entry("coupon used", subject, actor=by, at=purchase.used_at, **changes)
        if purchase.refunded_at:
            yield audit.entry("reward refunded", subject, actor=SUPPORT, at=purchase.refunded_at, after=facts)


def _places(campaigns: Sequence[Campaign]) -> Places:
    """The coupon at each place that can have been sold."""
    coupons = Coupon.objects.filter(campaign__in=campaigns).values_list("campaign", "position", "pk")
    return {(campaign, position): pk for campaign, position, pk in coupons}


def _row(purchase: Bought, places: Places) -> tuple[Any, ...]:
    """In the order of COLUMNS."""
    payment, used_at = purchase.payment, purchase.used_at
    coupon_id = places[purchase.shelf.id, max(purchase.place, 0)]  # the shared one has the first place
    belongs = purchase.id, purchase.shelf.id, purchase.member.id, coupon_id, purchase.place, purchase.n
    paid = purchase.cost, payment and payment.id, purchase.at, purchase.actor.key
    return *belongs, *paid, used_at is not None, used_at, purchase.refunded_at
