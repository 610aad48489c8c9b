"""What others are told of rewards. The texts that receivers rely on stand in docs/webhooks.md."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Purchase
from loyalty_site.outbox.kinds import EventKind
from loyalty_site.outbox.models import Event
from loyalty_site.outbox.telling import event
from points.models import Transfer

REWARD_BOUGHT = EventKind("reward.bought", _("A customer bought a reward, or was given one."))
REWARD_REFUNDED = EventKind("reward.refunded", _("A reward was given back."))
COUPON_USED = EventKind("coupon.used", _("A coupon that a customer holds was marked as used."))
COUPON_NOT_USED = EventKind("coupon.not_used", _("A coupon was marked as not used after all."))
CAMPAIGN_PAUSED = EventKind("campaign.paused", _("A campaign was switched off by itself: few units were left."))


def bought(purchase: Purchase, spending: Transfer | None) -> Event:
    """Of a purchase whose campaign and coupon are loaded."""
    data = _reward(purchase.campaign) | {"cost": purchase.cost_in_points}
    if spending:
        data |= {"transfer": spending.pk, "balance": spending.balance_after, "sequence": spending.sequence}
    codes = {"coupon": purchase.coupon.code}
    return event(REWARD_BOUGHT, purchase.pk, purchase.customer_id, at=purchase.purchased_at, data=data, codes=codes)


def refunded(purchase: Purchase) -> Event:
    data = _reward(purchase.campaign) | {"cost": purchase.cost_in_points}
    return event(REWARD_REFUNDED, purchase.pk, purchase.customer_id, at=purchase.refunded_at, data=data)


def marked(purchase: Purchase, *, at: datetime) -> Event:
    """Of a purchase whose coupon is loaded."""
    kind = COUPON_USED if purchase.used else COUPON_NOT_USED
    codes = {"coupon": purchase.coupon.code}
    return event(kind, purchase.pk, purchase.customer_id, at=at, data={"campaign": purchase.campaign_id}, codes=codes)


def paused(campaign: Campaign, *, left: int) -> Event:
    data = _reward(campaign) | {"left": left, "pause_units": campaign.pause_units}
    return event(CAMPAIGN_PAUSED, campaign.pk, at=campaign.paused_by_itself_at, data=data)


def _reward(campaign: Campaign) -> dict[str, Any]:
    return {"campaign": campaign.pk, "name": campaign.name, "reward": campaign.reward}
