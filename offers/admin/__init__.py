"""Offers, and those that customers were given, in the back office."""

from offers.admin.batches import GiftBatchAdmin
from offers.admin.given import CustomerOfferAdmin
from offers.admin.offers import OfferAdmin

__all__ = ["CustomerOfferAdmin", "GiftBatchAdmin", "OfferAdmin"]
