"""Withdrawing free codes, and putting withdrawn ones back on sale. Of what is told nothing is a code."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from campaigns import stock
from campaigns.services import locked
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work


@unit_of_work
def withdraw(
    campaign_id: UUID, coupon_ids: Sequence[int], *, actor: Actor, at: datetime, reason: str = ""
) -> list[int]:
    """Take those of the coupons that are this campaign's and free off sale. Returns which.

    Raises CampaignNotFound.
    """
    campaign = locked(campaign_id)
    gone = stock.withdraw(campaign, coupon_ids, at=at)
    if gone:
        told = {"withdrawn": len(gone)}
        audit.record("coupons withdrawn", campaign, actor=actor, at=at, after=told, reason=reason)
    return gone


@unit_of_work
def release(campaign_id: UUID, coupon_ids: Sequence[int], *, actor: Actor, at: datetime, reason: str = "") -> list[int]:
    """Put those of the coupons that are this campaign's, were withdrawn and never sold back on sale. Returns which.

    Raises CampaignNotFound.
    """
    campaign = locked(campaign_id)
    back = stock.release(campaign, coupon_ids)
    if back:
        audit.record("coupons released", campaign, actor=actor, at=at, after={"released": len(back)}, reason=reason)
    return back
