"""Days as an offer's dates mean them: from the first moment of one to the last of another."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

LAST = time(23, 59, 59, 999_000)  # written with three decimals, as partners read it


def first_moment(day: date, zone: ZoneInfo | None = None) -> datetime:
    """In that zone, or in LOYALTY_TIME_ZONE. Rule: RBI, "Assign Offer", `startDate`."""
    return datetime.combine(day, time.min, tzinfo=zone or ZoneInfo(settings.LOYALTY_TIME_ZONE))


def last_moment(day: date, zone: ZoneInfo | None = None) -> datetime:
    """In that zone, or in LOYALTY_TIME_ZONE. Rule: RBI, "Assign Offer", `endDate`."""
    return datetime.combine(day, LAST, tzinfo=zone or ZoneInfo(settings.LOYALTY_TIME_ZONE))
