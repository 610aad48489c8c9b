"""Taking one unit. Nothing is taken that is not sold: the caller's transaction undoes both or neither."""

from dataclasses import dataclass
from typing import Any

from campaigns.errors import StockBroken
from campaigns.models import Campaign, Coupon, Slice
from campaigns.stock.counting import hold
from loyalty_site.database import fetch_one, on_postgresql, prepared


@dataclass(frozen=True)
class Unit:
    """What one buyer gets: a place of the stock (None where nothing is counted), and its coupon."""

    position: int | None
    coupon_id: int
    code: str


COUPON_AT_PLACE = "c.campaign_id = campaigns_slice.campaign_id AND c.position = campaigns_slice.next - 1"
FIRST_COUPON = "c.campaign_id = campaigns_slice.campaign_id AND c.voided_at IS NULL ORDER BY c.position LIMIT 1"

# Only the row's own columns decide, so a wait for another buyer cannot leave the answer stale.
TAKE = """
UPDATE campaigns_slice SET next = next + 1
WHERE id = (SELECT id FROM campaigns_slice
            WHERE campaign_id = %s AND holes = 0 AND units > 0 ORDER BY shard LIMIT 1 {skip_locked})
  AND holes = 0 AND units > 0
RETURNING next - 1, (SELECT c.id FROM campaigns_coupon c WHERE {coupon}),
          (SELECT c.code FROM campaigns_coupon c WHERE {coupon})
"""


def take(campaign: Campaign) -> Unit | None:
    """One unit of the campaign's stock, held by this transaction. None: sold out.

    Buyers skip slices that others hold; before None is said, every slice is waited for and asked once more.
    """
    if campaign.has_endless_stock:
        return _unit(campaign, None)
    skip = "FOR UPDATE SKIP LOCKED" if on_postgresql() else ""
    coupon = FIRST_COUPON if campaign.single_coupon else COUPON_AT_PLACE
    sql = TAKE.format(skip_locked=skip, coupon=coupon)
    if taken := fetch_one(sql, [prepared(Slice, "campaign", campaign.pk)]):
        return _unit(campaign, *taken)
    place = _take_waiting(campaign)
    return None if place is None else _unit(campaign, place)


def _take_waiting(campaign: Campaign) -> int | None:
    """The slow way: hold every slice, and step over places that cannot be sold. None: sold out."""
    with_stock = [part for part in hold(campaign.pk) if part.units > 0]
    if not with_stock:
        # Slices that were cut anew while this one waited were not in its sight.
        with_stock = [part for part in hold(campaign.pk) if part.units > 0]
    if not with_stock:
        return None
    part = with_stock[0]
    place = part.next if campaign.single_coupon else _first_free_place(part)
    part.holes -= place - part.next
    part.next = place + 1
    part.save(update_fields=["next", "holes"])
    return place


def _first_free_place(part: Slice) -> int:
    free = Coupon.objects.free().filter(campaign=part.campaign_id, position__gte=part.next, position__lt=part.stop)
    place = free.order_by("position").values_list("position", flat=True).first()
    if place is None:
        raise StockBroken(f"slice {part.pk} counts {part.units} units and has none")
    return place


def _unit(campaign: Campaign, place: int | None, coupon_id: int | None = None, code: Any = None) -> Unit:
    if coupon_id is None:
        kept = campaign.coupons.filter(voided_at=None)
        coupon = kept.first() if campaign.single_coupon else kept.get(position=place)
        if coupon is None:
            raise StockBroken(f"campaign {campaign.pk} has no code to give")
        coupon_id, code = coupon.pk, coupon.code
    position = -1 - place if campaign.single_coupon and place is not None else place
    return Unit(position, coupon_id, code)
