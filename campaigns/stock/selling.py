"""Taking one unit. Nothing is taken that is not sold: the caller's transaction undoes both or neither."""

from dataclasses import dataclass
from uuid import UUID

from campaigns.errors import StockBroken
from campaigns.models import Campaign, Coupon, Slice
from campaigns.stock.counting import hold
from loyalty_site.database import fetch_one, on_postgresql, prepared


@dataclass(frozen=True)
class Unit:
    """What one buyer gets: a place of the stock, and its coupon."""

    position: int
    coupon_id: int
    code: str


# Only the slice's own columns decide, so a wait for another buyer cannot leave the answer stale. A coupon that came
# while this statement waited is not in its sight: the code is empty then.
TAKE = """
UPDATE campaigns_slice SET next = next + 1
WHERE id = (SELECT id FROM campaigns_slice WHERE campaign_id = %s AND units > 0 ORDER BY shard LIMIT 1 {skip_locked})
  AND units > 0
RETURNING id, next - 1, holes, shared_coupon_id,
    (SELECT c.id FROM campaigns_coupon c WHERE {at_place} AND shared_coupon_id IS NULL),
    CASE WHEN shared_coupon_id IS NULL THEN (SELECT c.code FROM campaigns_coupon c WHERE {at_place})
         ELSE (SELECT c.code FROM campaigns_coupon c WHERE c.id = shared_coupon_id) END
"""
AT_PLACE = "c.campaign_id = campaigns_slice.campaign_id AND c.position = campaigns_slice.next - 1"


def take(campaign: Campaign) -> Unit | None:
    """One unit of the campaign's stock, held by this transaction. None: sold out.

    Buyers skip slices that others hold; before None is said, every slice is waited for and asked once more.
    """
    unit = _take_from_any_slice(campaign.pk)
    if unit is None and _has_units_after_waiting(campaign.pk):
        unit = _take_from_any_slice(campaign.pk)
    return unit


def _take_from_any_slice(campaign_id: UUID) -> Unit | None:
    skip = "FOR UPDATE SKIP LOCKED" if on_postgresql() else ""
    taken = fetch_one(TAKE.format(skip_locked=skip, at_place=AT_PLACE), [prepared(Slice, "campaign", campaign_id)])
    if taken is None:
        return None
    slice_id, place, holes, shared_coupon_id, coupon_id, code = taken
    if shared_coupon_id is not None:
        return Unit(-1 - place, shared_coupon_id, code or Coupon.objects.get(pk=shared_coupon_id).code)
    if holes or code is None:
        return _step_over_holes(slice_id, place)
    return Unit(place, coupon_id, code)


def _has_units_after_waiting(campaign_id: UUID) -> bool:
    # Twice: slices that were cut anew while the first look waited were not in its sight.
    return any(any(part.units > 0 for part in hold(campaign_id)) for _ in range(2))


def _step_over_holes(slice_id: int, place: int) -> Unit:
    """The first coupon from that place on that can be sold, of a slice that this transaction holds."""
    part = Slice.objects.get(pk=slice_id)
    ahead = Coupon.objects.free().filter(campaign=part.campaign_id, position__gte=place, position__lt=part.stop)
    coupon = ahead.order_by("position").first()
    if coupon is None:
        raise StockBroken(f"slice {part.pk} counted a unit from {place} on and has none")
    if coupon.position > place:
        part.next, part.holes = coupon.position + 1, part.holes - (coupon.position - place)
        part.save(update_fields=["next", "holes"])
    return Unit(coupon.position, coupon.pk, coupon.code)
