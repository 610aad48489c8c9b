"""Dates as Open Loyalty's clients write and read them: what PHP's parser takes, and `2017-10-05T10:59:00+0200`.

A time without a zone is read in LOYALTY_TIME_ZONE, in which answers are written too.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings

from loyalty_site.api.texts import trimmed

LONGEST = 64  # characters
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
DAYS = [
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    re.compile(r"(?P<day>[0-9]{1,2})[.-](?P<month>[0-9]{1,2})[.-](?P<year>[0-9]{4})"),
]
DAY_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1}
HOUR_WORDS = {"midnight": time(0), "noon": time(12)}
CLOCK = re.compile(
    r"(?:[t ] *(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?)?"
    r" *(?P<zone>z|utc|gmt|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
STEP = re.compile(r"(?P<number>[+-]?[0-9]{1,4}) ?(?P<unit>minute|hour|day|week|month|year)s?(?P<ago> ago)?")
ELAPSED = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
ON_THE_CALENDAR = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


class UnreadableDate(ValueError):
    """The text names no moment, or one that cannot be kept."""


def house_zone() -> ZoneInfo:
    return ZoneInfo(settings.LOYALTY_TIME_ZONE)


def write_moment(moment: datetime) -> str:
    """`2017-10-05T10:59:00+0200`"""
    return f"{moment.astimezone(house_zone()):%Y-%m-%dT%H:%M:%S%z}"[:24]  # zones of old have seconds too


def read_moment(text: str, *, at: datetime, end: bool = False) -> datetime:
    """The moment in UTC, to the second. Raises UnreadableDate.

    `at` is what `now` and `+1 day` start from. With `end`, a day without a time means its last second.
    """
    text = trimmed(text).lower()
    if len(text) > LONGEST:
        raise UnreadableDate(text)
    try:
        moment = _moment(text, at.astimezone(house_zone()), time(23, 59, 59) if end else time(0))
        moment = moment.astimezone(UTC).replace(microsecond=0)
        moment.astimezone(house_zone())  # must be writable again
    except (ValueError, OverflowError) as error:
        raise UnreadableDate(text) from error
    if moment < EARLIEST:
        raise UnreadableDate(text)
    return moment


def _moment(text: str, now: datetime, time_of_day: time) -> datetime:
    """Raises ValueError and OverflowError. `time_of_day` is what a mere day stands for."""
    if text == "now":
        return now
    if text in HOUR_WORDS:
        return datetime.combine(now, HOUR_WORDS[text], now.tzinfo)
    if step := STEP.fullmatch(text):
        return _stepped(now, step)
    day, rest = _day(text, now.date())
    clock = CLOCK.fullmatch(rest)
    if clock is None:
        raise UnreadableDate(text)
    if clock["hour"]:
        time_of_day = time(int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0))
    return datetime.combine(day, time_of_day, _offset(clock["zone"]) if clock["zone"] else now.tzinfo)


def _day(text: str, today: date) -> tuple[date, str]:
    """The day that the text begins with, and what follows it."""
    for word, days in DAY_WORDS.items():
        if text.startswith(word):
            return today + timedelta(days=days), text.removeprefix(word)
    for pattern in DAYS:
        if found := pattern.match(text):
            return date(int(found["year"]), int(found["month"]), int(found["day"])), text[found.end() :]
    raise UnreadableDate(text)


def _offset(zone: str) -> tzinfo:
    if zone[0] not in "+-":
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if digits[2:] > "59":
        raise UnreadableDate(zone)
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if zone[0] == "-" else ahead)


def _stepped(now: datetime, step: re.Match[str]) -> datetime:
    number = int(step["number"]) * (-1 if step["ago"] else 1)
    if step["unit"] in ELAPSED:
        return now.astimezone(UTC) + number * ELAPSED[step["unit"]]
    if step["unit"] in ON_THE_CALENDAR:
        return now + number * ON_THE_CALENDAR[step["unit"]]
    months = now.year * 12 + now.month - 1 + number * (12 if step["unit"] == "year" else 1)
    first = now.replace(year=months // 12, month=months % 12 + 1, day=1)
    return first + timedelta(days=now.day - 1)  # as in PHP, a month after 31 January is early March
