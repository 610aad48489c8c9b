"""Accounts and the ledger in the back office."""

from points.admin.accounts import AccountAdmin
from points.admin.ledger import TransferAdmin

__all__ = ["AccountAdmin", "TransferAdmin"]
