"""How long until a campaign begins or ends, as people say it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.states import State, state_of
from campaigns.windows import begins_at, ends_at
from loyalty_site.backoffice.theme import day, moment

SECOND = timedelta(seconds=1)
COUNTED = timedelta(days=60)  # of a later day the date says more


def countdown(campaign: Campaign, at: datetime) -> str:
    """As “ends in 3 d 4 h”; empty where no date lies ahead."""
    state, begins, ends = state_of(campaign, at), begins_at(campaign), ends_at(campaign)
    if state == State.SCHEDULED and begins:
        if begins - at > COUNTED:
            return _("goes live on %(day)s") % {"day": day(begins)}
        return _("goes live in %(span)s") % {"span": span(begins - at)}
    if state in (State.LIVE, State.SOLD_OUT) and ends:
        if ends - at > COUNTED:
            return _("ends on %(day)s") % {"day": day(ends)}
        return _("ends in %(span)s") % {"span": span(ends + SECOND - at)}  # its last second is part of it
    if state == State.ENDED and ends:
        return _("ended on %(day)s") % {"day": day(ends)}
    return ""


def exact(campaign: Campaign, at: datetime) -> str:
    """The moment that the countdown runs to, with the time zone; empty where there is none."""
    state, begins, ends = state_of(campaign, at), begins_at(campaign), ends_at(campaign)
    names = {"zone": settings.LOYALTY_TIME_ZONE}
    if state == State.SCHEDULED and begins:
        return _("from %(moment)s, time of %(zone)s") % (names | {"moment": moment(begins)})
    if state != State.OFF and ends:
        return _("until %(moment)s included, time of %(zone)s") % (names | {"moment": moment(ends)})
    return ""


def span(left: timedelta) -> str:
    """The two largest units of it: days and hours, hours and minutes, or minutes."""
    minutes = max(0, int(left / timedelta(minutes=1)))
    hours, days = minutes // 60, minutes // 1440
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours % 24}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes % 60}
    return _("%(minutes)d min") % {"minutes": minutes} if minutes else _("less than a minute")
