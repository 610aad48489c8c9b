"""Noting that customers have used their coupons."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from campaigns import events
from campaigns.errors import CouponNotHeld
from campaigns.models import Purchase
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import fetch_all, prepared, unit_of_work, uuid_of
from loyalty_site.outbox.telling import tell_all

# By the index on campaign and customer: whatever the number of codes, only these customers' purchases are read.
HOLDINGS = """
WITH asked (campaign_id, customer_id, code) AS (VALUES {rows})
SELECT p.id FROM asked
JOIN campaigns_purchase p ON p.campaign_id = asked.campaign_id AND p.customer_id = asked.customer_id
JOIN campaigns_coupon c ON c.id = p.coupon_id AND c.code = asked.code
"""


class Holding(NamedTuple):
    """A customer's coupon of a campaign."""

    campaign_id: UUID
    customer_id: UUID
    code: str


@unit_of_work
def mark_used(
    campaign_id: UUID, customer_id: UUID, code: str, used: bool, *, actor: Actor, at: datetime
) -> list[Purchase]:
    """Mark the customer's purchases of that code as used or not. Returns those that changed; an unknown code has none.

    Where all buyers share one code, all the customer's purchases of it change together; refunded ones never do.
    """
    own = Purchase.objects.filter(campaign=campaign_id, customer=customer_id, coupon__code=code)
    return _mark([purchase for purchase in _held(own) if purchase.used != used], used, actor, at)


@unit_of_work
def mark_all_used(holdings: Collection[Holding], *, actor: Actor, at: datetime) -> list[Purchase]:
    """Mark all of these as used, or none. Returns the purchases that changed: those used before stay as they are.

    Each stands for all the customer's purchases of that code, as in `mark_used`. Raises CouponNotHeld where one of
    them was never bought by that customer, or was refunded.
    """
    wanted = set(holdings)
    found = _held(Purchase.objects.filter(pk__in=_purchases_of(wanted)))
    missing = wanted - {Holding(one.campaign_id, one.customer_id, one.coupon.code) for one in found}
    if missing:
        raise CouponNotHeld(missing=len(missing))
    return _mark([purchase for purchase in found if not purchase.used], True, actor, at)


def _purchases_of(holdings: Collection[Holding]) -> list[UUID]:
    if not holdings:
        return []
    rows = ", ".join(["(%s, %s, %s)"] * len(holdings))
    params = [
        value
        for campaign_id, customer_id, code in holdings
        for value in (prepared(Purchase, "campaign", campaign_id), prepared(Purchase, "customer", customer_id), code)
    ]
    return [uuid_of(pk) for (pk,) in fetch_all(HOLDINGS.format(rows=rows), params)]


def _held(purchases: QuerySet[Purchase]) -> list[Purchase]:
    """Those that were not refunded, locked in the order of their ids, in which everybody locks them."""
    standing = purchases.filter(refunded_at=None).select_related("coupon")
    return list(standing.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _mark(purchases: list[Purchase], used: bool, actor: Actor, at: datetime) -> list[Purchase]:
    for purchase in purchases:
        purchase.used, purchase.used_at = used, at if used else None
    if purchases:
        ids = [purchase.pk for purchase in purchases]
        Purchase.objects.filter(pk__in=ids).update(used=used, used_at=at if used else None)
        action = "coupon used" if used else "coupon marked as not used"
        audit.record_all(action, purchases, actor=actor, at=at, before={"used": not used}, after={"used": used})
        kind = events.COUPON_USED if used else events.COUPON_NOT_USED
        tell_all(kind, lambda: [events.marked(purchase, at=at) for purchase in purchases])
    return purchases
