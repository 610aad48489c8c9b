"""How long enrolments run."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def after_days(at: datetime, days: int) -> datetime:
    """The last moment of the day that comes so many days after that moment's, in LOYALTY_TIME_ZONE."""
    zone = ZoneInfo(settings.LOYALTY_TIME_ZONE)
    last_day = at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(last_day, time.max, tzinfo=zone).replace(microsecond=999_000)
