"""Codes off sale and back on sale: each call is one piece of it, whose cost does not depend on the pool's size.

The caller holds the campaign's row, so nobody else adds, moves or withdraws codes meanwhile. Sales wait while codes are
withdrawn, which buyers might be about to get; while codes are released, for the last statements only.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from campaigns.models import Campaign, Coupon
from campaigns.stock.counting import hold, recount
from campaigns.stock.growing import close_up, put_on_sale

BATCH = 1_000


def withdraw(campaign: Campaign, coupon_ids: Sequence[int], *, at: datetime) -> list[int]:
    """Take those of the coupons that are the campaign's and free off sale. Returns which, in the order of the list."""
    held = hold(campaign.pk)  # first: who has a slice may be buying one of the codes
    free = sorted(place for some in _parts(coupon_ids) for place in _free(campaign, some))
    if not free:
        return []
    gone = [pk for _, pk in free]
    for some in _parts(gone):
        Coupon.objects.filter(pk__in=some).update(voided_at=at)
    if campaign.single_coupon:
        recount(campaign, held)
    else:
        places = [position for position, _ in free]
        close_up(campaign, held, places, (places[0], places[-1]))
    return gone


def release(campaign: Campaign, coupon_ids: Sequence[int]) -> list[int]:
    """Put those of the coupons that are the campaign's, were withdrawn and never sold back on sale, behind all others.

    As far as the limit allows; beyond it they wait. A buyer sees none of them before the last statements: the places
    that they get are beyond all slices. Returns which, in the order of the list.
    """
    back = sorted((coupon for some in _parts(coupon_ids) for coupon in _withdrawn(campaign, some)), key=_place)
    if not back:
        return []
    first = (campaign.coupons.aggregate(last=Max("position"))["last"] or 0) + 1
    for position, coupon in enumerate(back, first):
        coupon.position, coupon.voided_at = position, None
    Coupon.objects.bulk_update(back, ["position", "voided_at"], batch_size=BATCH)
    if campaign.single_coupon:
        recount(campaign)
    else:
        put_on_sale(campaign, first, len(back))
    return [coupon.pk for coupon in back]


def _free(campaign: Campaign, coupon_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Places and keys of those that are neither withdrawn nor sold."""
    free = Coupon.objects.free().filter(campaign=campaign.pk, pk__in=coupon_ids)
    return list(free.order_by().values_list("position", "pk"))


def _withdrawn(campaign: Campaign, coupon_ids: Sequence[int]) -> list[Coupon]:
    gone = Coupon.objects.filter(campaign=campaign.pk, pk__in=coupon_ids, voided_at__isnull=False)
    return list(gone.with_sold().filter(sold=False).order_by())


def _place(coupon: Coupon) -> int:
    return coupon.position


def _parts(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
