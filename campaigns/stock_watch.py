"""Campaigns that are switched off by themselves when few units are left.

Workers look again and again, so no sale takes a statement more for it. A campaign that staff switch on again as it is
rests from being watched until it has more units; else it would be off again a second later.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from campaigns import events, stock
from campaigns.models import Campaign
from loyalty_site.access import audit
from loyalty_site.access.actors import SYSTEM
from loyalty_site.database import execute_together, insert, unit_of_work
from loyalty_site.outbox.telling import told

RUN_LOW = Q(paused_by_itself_at=None, left__lte=F("pause_units"))
FILLED_UP = Q(paused_by_itself_at__isnull=False, left__gt=F("pause_units"))
PAUSED = Q(active=False, paused_by_itself_at__isnull=False)
LOW = Q(left__lte=F("low_stock_units"))


def is_low(campaign: Campaign) -> bool:
    """Of a campaign that was asked for `with_stock`."""
    return campaign.low_stock_units is not None and stock.left(campaign) <= campaign.low_stock_units


def was_paused(campaign: Campaign) -> bool:
    """It is off by itself, and not by hand."""
    return not campaign.active and campaign.paused_by_itself_at is not None


def look(at: datetime) -> bool:
    """A worker's duty: pause what has run low, and watch again what was filled up. There is never more at once."""
    for campaign_id in list(_watched().filter(RUN_LOW | FILLED_UP).values_list("pk", flat=True)):
        act_on(campaign_id, at=at)
    return False


@unit_of_work
def act_on(campaign_id: UUID, *, at: datetime) -> None:
    """Do what the campaign's stock asks for, if it still does: nobody adds codes to it or changes it meanwhile."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    campaign = _watched().filter(RUN_LOW | FILLED_UP, pk=campaign_id).first()
    if campaign is None:
        return
    if campaign.paused_by_itself_at:
        campaign.paused_by_itself_at = None
        campaign.save(update_fields=["paused_by_itself_at"])
    else:
        _pause(campaign, at)


def _watched() -> QuerySet[Campaign]:
    return Campaign.objects.with_stock().filter(active=True, pause_units__isnull=False)


def _pause(campaign: Campaign, at: datetime) -> None:
    campaign.active, campaign.paused_by_itself_at, campaign.updated_at = False, at, at
    campaign.save(update_fields=["active", "paused_by_itself_at", "updated_at"])
    left = stock.left(campaign)
    entry = audit.entry(
        "campaign paused by itself",
        campaign,
        actor=SYSTEM,
        at=at,
        before={"active": True},
        after={"active": False, "left": left},
    )
    execute_together([insert(entry), *told(events.paused(campaign, left=left))])
