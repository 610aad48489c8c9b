"""Accounts, the ledger and adjustments in the back office."""

from points.admin.accounts import AccountAdmin
from points.admin.adjustment_rules import AdjustmentCeilingAdmin, AdjustmentReasonAdmin
from points.admin.adjustments import AdjustmentAdmin
from points.admin.buckets import BucketAdmin
from points.admin.ledger import TransferAdmin

__all__ = [
    "AccountAdmin",
    "AdjustmentAdmin",
    "AdjustmentCeilingAdmin",
    "AdjustmentReasonAdmin",
    "BucketAdmin",
    "TransferAdmin",
]
