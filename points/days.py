"""The last days of points, which expire at the end of a day as the programme's time zone cuts it."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from loyalty_site.days import day_of


def last_valid_day(at: datetime, valid_days: int | None = None) -> date:
    """The last day for points added now. Rule: Open Loyalty, settings, `pointsDaysActive` (30 days by default)."""
    days = settings.POINTS_VALID_DAYS if valid_days is None else valid_days
    return day_of(at) + timedelta(days=min(days, MOST_DAYS))


def last_day_for_partners(at: datetime, zone: ZoneInfo) -> date:
    """The last day for points that a partner adds now for a region with that time zone.

    Rule: RBI, "Update Points Balance", sample answers: the same day four months later, or that month's last.
    """
    day = at.astimezone(zone).date()
    months = day.year * 12 + day.month - 1 + settings.PARTNER_POINTS_VALID_MONTHS
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


MOST_DAYS = 365_000  # a thousand years: what a date column and a person can still read
