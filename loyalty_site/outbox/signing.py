"""How a receiver knows that a webhook is ours. docs/webhooks.md says how it is verified.

A secret is made of a key of the site's own, the subscription's id and a number that rises when staff renew it. So it
stands in no database and no backup, and nobody who can read one can sign.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings

from loyalty_site.outbox.models import Subscription

OVERLAP = timedelta(hours=24)  # for which deliveries are signed with the former secret too


def secret_of(subscription: Subscription) -> str:
    return _secret(subscription, subscription.secret_version)


def signature(subscription: Subscription, body: bytes, *, at: datetime) -> str:
    """The header Loyalty-Signature: `t=1772452800,v1=<hex>`, for a day after a renewal with a second `v1`."""
    seconds = int(at.timestamp())
    versions = [subscription.secret_version]
    renewed = subscription.secret_renewed_at
    if renewed is not None and at < renewed + OVERLAP:
        versions.append(subscription.secret_version - 1)
    signed = b"%d.%s" % (seconds, body)
    digests = (hmac.new(_secret(subscription, version).encode(), signed, sha256).hexdigest() for version in versions)
    return ",".join([f"t={seconds}", *(f"v1={digest}" for digest in digests)])


def _secret(subscription: Subscription, version: int) -> str:
    digest = hmac.new(settings.WEBHOOK_KEY.encode(), f"{subscription.pk}:{version}".encode(), sha256).digest()
    return f"whsec_{urlsafe_b64encode(digest).decode().rstrip('=')}"
