"""Webhooks and deliveries in the back office."""

from loyalty_site.outbox.admin.deliveries import DeliveryAdmin
from loyalty_site.outbox.admin.subscriptions import SubscriptionAdmin

__all__ = ["DeliveryAdmin", "SubscriptionAdmin"]
