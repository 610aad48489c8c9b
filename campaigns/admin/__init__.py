"""Campaigns, coupons and purchases in the back office."""

from campaigns.admin.batches import CouponBatchAdmin
from campaigns.admin.campaigns import CampaignAdmin
from campaigns.admin.coupons import CouponAdmin
from campaigns.admin.purchases import PurchaseAdmin

__all__ = ["CampaignAdmin", "CouponAdmin", "CouponBatchAdmin", "PurchaseAdmin"]
