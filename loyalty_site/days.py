"""Days, as the programme's time zone cuts them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

ONE_DAY = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)  # time zones cannot be reckoned at the calendar's very ends


def day_of(at: datetime) -> date:
    """The calendar day of that moment in LOYALTY_TIME_ZONE."""
    return at.astimezone(ZoneInfo(settings.LOYALTY_TIME_ZONE)).date()


def start_of(day: date) -> datetime:
    """The first moment of that day, in UTC."""
    return datetime.combine(day, time.min, ZoneInfo(settings.LOYALTY_TIME_ZONE)).astimezone(UTC)


def days_from(first: date, last: date) -> Iterator[date]:
    """Each day from the first to the last, both included."""
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)
