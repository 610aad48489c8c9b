"""A delivery as a webhook."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from loyalty_site.outbox.models import Delivery, Event
from loyalty_site.outbox.posting import Parcel
from loyalty_site.outbox.signing import signature


def parcel(delivery: Delivery, *, at: datetime) -> Parcel:
    """Of a delivery whose event and subscription are loaded. Every try sends the same body, signed anew."""
    subscription, event = delivery.subscription, delivery.event
    body = json.dumps(_said(event, subscription.with_codes), cls=DjangoJSONEncoder).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "loyalty-webhooks/1",
        "Loyalty-Event": str(event.pk),
        "Loyalty-Kind": event.kind,
        "Loyalty-Signature": signature(subscription, body, at=at),
    }
    return Parcel(subscription.url, body, headers, hidden=[str(code) for code in event.codes.values() if code])


def _said(event: Event, with_codes: bool) -> dict[str, Any]:
    return {
        "id": event.pk,
        "kind": event.kind,
        "at": event.created_at,
        "object": event.object_id,
        "customer": event.customer_id,
        "data": event.data | (event.codes if with_codes else {}),
    }
