"""Reward campaigns, their coupons and stock, and what customers bought."""

from campaigns.models.batches import CodeOnceSeen, CouponBatch
from campaigns.models.campaign import Campaign
from campaigns.models.coupons import Coupon, Slice
from campaigns.models.purchases import Purchase
from campaigns.models.targets import Label, LevelTarget, SegmentTarget
from campaigns.totals.models import PurchaseDay, PurchaseTotal

__all__ = [
    "Campaign",
    "CodeOnceSeen",
    "Coupon",
    "CouponBatch",
    "Label",
    "LevelTarget",
    "Purchase",
    "PurchaseDay",
    "PurchaseTotal",
    "SegmentTarget",
    "Slice",
]
