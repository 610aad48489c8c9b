"""What is done by the clock: the setting JOB_SCHEDULE, as kind → "daily 02:10" or "every 15 minutes"."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from loyalty_site.jobs.kinds import Kind, kinds
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue_once

DAILY = re.compile(r"daily (\d\d:\d\d)")
EVERY = re.compile(r"every (\d+) minutes?")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A kind of work and when it is due: at a time of the programme's day, or again and again."""

    kind: Kind
    when: str
    daily: time | None = None
    every: timedelta = timedelta(days=1)

    def due(self, now: datetime) -> datetime:
        """The latest moment, not after now, at which it was due."""
        if self.daily is None:
            return EPOCH + (now - EPOCH) // self.every * self.every
        zone = ZoneInfo(settings.LOYALTY_TIME_ZONE)
        day = now.astimezone(zone).date()
        today = datetime.combine(day, self.daily, zone).astimezone(UTC)
        return today if today <= now else datetime.combine(day - timedelta(days=1), self.daily, zone).astimezone(UTC)

    def next(self, now: datetime) -> datetime:
        """The first moment after now at which it is due."""
        return self.due(now + self.every)


def key_of(kind: Kind) -> str:
    """Of several jobs with this key, one at a time is unfinished."""
    return f"schedule:{kind.name}"


def entries() -> list[Entry]:
    """The schedule. Raises ImproperlyConfigured for a line that cannot be read."""
    return [_entry(name, when) for name, when in settings.JOB_SCHEDULE.items()]


def enqueue_due(*, at: datetime) -> list[Job]:
    """Queue what is due and has not been queued for that moment. Safe when several do so at once."""
    due = {key_of(entry.kind): (entry.kind, entry.due(at)) for entry in entries()}
    moments = {moment for _, moment in due.values()}
    known = set(Job.objects.filter(key__in=due, due_at__in=moments).values_list("key", "due_at"))
    asked = [
        enqueue_once(kind, key=key, due_at=moment, at=at)
        for key, (kind, moment) in due.items()
        if (key, moment) not in known
    ]
    return [job for job in asked if job is not None]


def _entry(name: str, when: str) -> Entry:
    if name not in kinds():
        raise ImproperlyConfigured(f"JOB_SCHEDULE names {name}, which is no kind of job.")
    if daily := DAILY.fullmatch(when):
        return Entry(kinds()[name], when, daily=time.fromisoformat(daily[1]))
    if (every := EVERY.fullmatch(when)) and int(every[1]):
        return Entry(kinds()[name], when, every=timedelta(minutes=int(every[1])))
    raise ImproperlyConfigured(f'JOB_SCHEDULE: {name} must be "daily 02:10" or "every 15 minutes", not {when!r}.')
