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


# Only the slice's own columns decide, so a wait for another buyer cannot leave the answer stale.
TAKE = """
UPDATE campaigns_slice SET next = next + 1
WHERE id = (SELECT id FROM campaigns_slice WHERE campaign_id = %s AND units > 0 ORDER BY shard LIMIT 1 {skip_locked})
  AND units > 0
RETURNING id, next - 1, holes, shared_coupon_id, {coupon_id}, {code}
"""
AT_PLACE = "c.campaign_id = campaigns_slice.campaign_id AND c.position = campaigns_slice.next - 1"
TAKE_ON_POSTGRESQL = TAKE.format(
    skip_locked="FOR UPDATE SKIP LOCKED",
    coupon_id=f"(SELECT c.id FROM campaigns_coupon c WHERE {AT_PLACE} AND shared_coupon_id IS NULL)",
    code=f"""CASE WHEN shared_coupon_id IS NULL THEN (SELECT c.code FROM campaigns_coupon c WHERE {AT_PLACE})
             ELSE (SELECT c.code FROM campaigns_coupon c WHERE c.id = shared_coupon_id) END""",
)
# A query inside RETURNING reads the whole pool there: it uses no index.
TAKE_ON_SQLITE = TAKE.format(skip_locked="", coupon_id="NULL", code="NULL")


def take(campaign: Campaign) -> Unit | None:
    """One unit of the campaign's stock, held by this transaction. None: sold out.

    Buyers skip slices that others hold; before None is said, every slice is waited for and asked once more.
    """
    unit = _take_from_any_slice(campaign.pk)
    if unit is None and _has_units_after_waiting(campaign.pk):
        unit = _take_from_any_slice(campaign.pk)
    return unit


def _take_from_any_slice(campaign_id: UUID) -> Unit | None:
    sql = TAKE_ON_POSTGRESQL if on_postgresql() else TAKE_ON_SQLITE
    taken = fetch_one(sql, [prepared(Slice, "campaign", campaign_id)])
    if taken is None:
        return None
    slice_id, place, holes, shared_coupon_id, coupon_id, code = taken
    if holes:
        return _step_over_holes(slice_id, place)
    if code is None:  # not asked for, or newer than what this statement could see when it began
        at_place = {"pk": shared_coupon_id} if shared_coupon_id else {"campaign": campaign_id, "position": place}
        coupon = Coupon.objects.get(**at_place)
        coupon_id, code = coupon.pk, coupon.code
    return Unit(-1 - place, shared_coupon_id, code) if shared_coupon_id else Unit(place, coupon_id, code)


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
