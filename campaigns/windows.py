"""From when to when a campaign can be both seen and bought."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from campaigns.models import Campaign


def begins_at(campaign: Campaign) -> datetime | None:
    """When it can first be seen and bought; None: it always could."""
    firsts = [None if campaign.all_time_active else campaign.active_from]
    firsts.append(None if campaign.all_time_visible else campaign.visible_from)
    return max((first for first in firsts if first), default=None)


def ends_at(campaign: Campaign) -> datetime | None:
    """The last moment at which it can be seen and bought; None: it has no end."""
    lasts = [None if campaign.all_time_active else campaign.active_to]
    lasts.append(None if campaign.all_time_visible else campaign.visible_to)
    return min((last for last in lasts if last), default=None)


def day_of(moment: datetime) -> date:
    """The programme's day on which that is."""
    return moment.astimezone(ZoneInfo(settings.LOYALTY_TIME_ZONE)).date()
