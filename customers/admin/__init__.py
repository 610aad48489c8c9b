"""Customers, levels, segments and sales in the back office."""

from customers.admin.customers import CustomerAdmin
from customers.admin.groups import LevelAdmin, SegmentAdmin
from customers.admin.sales import TransactionAdmin

__all__ = ["CustomerAdmin", "LevelAdmin", "SegmentAdmin", "TransactionAdmin"]
