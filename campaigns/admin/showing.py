"""How a campaign's limits and days are shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Campaign
from loyalty_site.backoffice.theme import day, moment


def limits(campaign: Campaign) -> str:
    if campaign.unlimited:
        return _("none")
    facts = {"limit": campaign.limit, "each": campaign.limit_per_customer}
    return _("%(limit)d in all, %(each)d for each customer") % facts


def window_line(campaign: Campaign) -> str:
    """The days on which it can be bought."""
    if campaign.all_time_active:
        return _("any time")
    return f"{day(campaign.active_from)} – {day(campaign.active_to)}"


def activity(campaign: Campaign) -> str:
    """When exactly it can be bought."""
    return _span(campaign.all_time_active, campaign.active_from, campaign.active_to)


def visibility(campaign: Campaign) -> str:
    """When exactly it is shown."""
    return _span(campaign.all_time_visible, campaign.visible_from, campaign.visible_to)


def _span(always: bool, first: datetime | None, last: datetime | None) -> str:
    return _("any time") if always else f"{moment(first)} – {moment(last)}"
