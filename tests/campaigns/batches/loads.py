"""Loading codes in bulk, and the whole of a shop's rows to compare with."""

from typing import Any

from campaigns.batches import services
from campaigns.models import Campaign, Coupon, CouponBatch, Slice
from tests.builders import SHOP
from tests.jobs import work_off


def checked(reward: Campaign, text: str | bytes, *, heading: bool = False) -> CouponBatch:
    """The batch of a file with this text, after its check."""
    content = text.encode() if isinstance(text, str) else text
    batch = services.check_file(reward.pk, [content], label="Spring", heading=heading, **SHOP)
    work_off()
    return CouponBatch.objects.get(pk=batch.pk)


def imported(reward: Campaign, text: str | bytes) -> CouponBatch:
    return confirmed(checked(reward, text))


def confirmed(batch: CouponBatch) -> CouponBatch:
    services.confirm(batch.pk, **SHOP)
    work_off()
    return CouponBatch.objects.get(pk=batch.pk)


def generated(reward: Campaign, pattern: str, count: int, *, certain: bool = False) -> CouponBatch:
    batch = services.generate(reward.pk, pattern, count, label="Made", certain=certain, **SHOP)
    work_off()
    return CouponBatch.objects.get(pk=batch.pk)


def undone(batch: CouponBatch) -> CouponBatch:
    services.undo(batch.pk, **SHOP)
    work_off()
    return CouponBatch.objects.get(pk=batch.pk)


def figures(batch: CouponBatch) -> dict[str, int]:
    return {name: getattr(batch, name) for name in ("lines", "new", "known", "repeated", "malformed", "added")}


def state_of(reward: Campaign) -> list[list[tuple[Any, ...]]]:
    """Every row that the campaign's stock is made of."""
    coupons = Coupon.objects.filter(campaign=reward).order_by("position")
    slices = Slice.objects.filter(campaign=reward).order_by("shard")
    return [
        list(coupons.values_list("pk", "position", "code", "voided_at", "batch")),
        list(slices.values_list("pk", "shard", "next", "stop", "holes", "units", "shared_coupon")),
        list(Campaign.objects.filter(pk=reward.pk).values_list()),
    ]
