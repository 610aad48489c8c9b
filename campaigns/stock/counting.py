"""How many units are left, and cutting the slices anew when codes or limits change."""

import itertools
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from campaigns.models import Campaign, Coupon, Slice

ENDLESS = 9_223_372_036_854_775_807  # what `usageLeft` says of a code that everybody may have
PLENTY = 2**40  # how many of it are put on sale at a time
SMALL_POOL = 1_000
MOST_SLICES = 16

Cut = tuple[int, int, int]  # next, stop, holes


def left(campaign: Campaign) -> int:
    """The units on sale of a campaign that was asked for `with_stock`. Rule: Open Loyalty, `usageLeft`."""
    return ENDLESS if campaign.has_endless_stock and campaign.left else campaign.left


def left_for_customer(campaign: Campaign) -> int:
    """What one customer may still buy, asked `with_stock` and `with_sales_to`. Rule: `usageLeftForCustomer`."""
    if campaign.unlimited:
        return left(campaign)
    allowed = max(0, campaign.limit_per_customer - campaign.bought)
    return allowed if campaign.single_coupon else min(campaign.left + campaign.codes_withheld, allowed)


def hold(campaign_id: UUID) -> list[Slice]:
    """Lock every slice, in the order of their shards. While they are held nobody is in the middle of buying."""
    return list(Slice.objects.select_for_update(no_key=True).filter(campaign=campaign_id).order_by("shard"))


def recount(campaign: Campaign, held: Sequence[Slice] | None = None) -> None:
    """Cut the slices, which the caller may hold, anew from codes, limit and purchases. The caller holds the campaign.

    Slices are changed in place: a buyer who waits for one finds it as it is now.
    """
    held = hold(campaign.pk) if held is None else held
    sold = campaign.purchases.count()
    allowed = ENDLESS if campaign.unlimited else max(0, (campaign.limit or 0) - sold)
    shared = campaign.coupons.filter(voided_at=None).order_by("position").first() if campaign.single_coupon else None
    if campaign.single_coupon:
        cuts, withheld = _cut_numbers(campaign, min(allowed, PLENTY) if shared else 0), 0
    else:
        cuts, withheld = _cut_pool(campaign, allowed)
    write(campaign, held, cuts, shared)
    if campaign.codes_withheld != withheld:
        campaign.codes_withheld = withheld
        campaign.save(update_fields=["codes_withheld"])


def _cut_numbers(campaign: Campaign, units: int) -> list[Cut]:
    """Places of a campaign with one code for all: numbers that no purchase has used yet."""
    last = campaign.purchases.filter(position__lt=0).aggregate(last=Min("position"))["last"] or 0
    return [(first, stop, 0) for first, stop in _ranges(-last, -last + units, units)]


def _cut_pool(campaign: Campaign, allowed: int) -> tuple[list[Cut], int]:
    """Places of the free codes that may be sold, and how many free codes the limit keeps back."""
    free = Coupon.objects.free().filter(campaign=campaign.pk).order_by("position")
    span = free.aggregate(total=Count("pk"), first=Min("position"), last=Max("position"))
    on_sale = min(span["total"], allowed)
    if on_sale == 0:
        return [], span["total"]
    last = span["last"]
    if on_sale < span["total"]:
        last = free.values_list("position", flat=True)[on_sale - 1]
    ranges = list(_ranges(span["first"], last + 1, on_sale))
    units = [on_sale] if len(ranges) == 1 else [_free_in(free, *places) for places in ranges]
    cuts = [(first, stop, stop - first - n) for (first, stop), n in zip(ranges, units, strict=True) if n]
    return cuts, span["total"] - on_sale


def _free_in(free: QuerySet, first: int, stop: int) -> int:
    return free.filter(position__gte=first, position__lt=stop).count()


def _ranges(first: int, stop: int, units: int) -> Iterable[tuple[int, int]]:
    """The places cut into one range, or into equal ones when there are many units."""
    if units == 0:
        return
    parts = 1 if units <= SMALL_POOL else MOST_SLICES
    edges = [first + (stop - first) * part // parts for part in range(parts + 1)]
    yield from itertools.pairwise(edges)


def write(campaign: Campaign, held: Sequence[Slice], cuts: Sequence[Cut], shared: Coupon | None) -> None:
    """Make the slices, all of which are held, sell these cuts."""
    spare = {part.shard: part for part in held}
    for shard, (first, stop, holes) in enumerate(cuts):
        part = spare.pop(shard, None) or Slice(campaign=campaign, shard=shard)
        part.next, part.stop, part.holes, part.shared_coupon = first, stop, holes, shared
        part.save()
    for part in spare.values():
        part.stop, part.holes, part.shared_coupon = part.next, 0, None
        part.save(update_fields=["stop", "holes", "shared_coupon"])
