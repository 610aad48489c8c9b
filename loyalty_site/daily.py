"""Totals by day of tables that grow by the million: counted by the clock, so that no page has to.

A row may be committed a while after the moment it bears, so a day is counted again and again until it has been over
for a while; then it is settled, and stays. What is not counted yet, today above all, a page asks the table itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from loyalty_site.days import ONE_DAY, day_of, days_from, start_of
from loyalty_site.jobs.kinds import Step
from loyalty_site.jobs.models import Job

SETTLES = timedelta(days=1)  # far beyond what any transaction lasts
SOON = timedelta(hours=1)  # after a day's end: what is counted then is good enough to be shown
CHUNK = 14  # days counted in one step
LIVE = 2  # days before today, at most, that a page counts by itself


class CountedDay(models.Model):
    """A day whose totals stand in another table."""

    day = models.DateField(primary_key=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text=_("The first moment of the next day."))
    counted_at = models.DateTimeField()
    settled = models.BooleanField(help_text=_("It was counted long after its end, and is not counted again."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True)
class Totals:
    """What is counted by day: the table of the days, when the first row was made, and how one day's totals are
    written in the place of those that are there.
    """

    days: type[CountedDay]
    begins: Callable[[], datetime | None]
    replace: Callable[[CountedDay], None]
    settles: timedelta = SETTLES

    def count(self, day: date, *, at: datetime) -> None:
        """Count one day, all or nothing. Whoever counts the same day meanwhile is waited for."""
        starts, ends = start_of(day), start_of(day + ONE_DAY)
        facts = {"starts_at": starts, "ends_at": ends, "counted_at": at, "settled": at >= ends + self.settles}
        with transaction.atomic():
            counted, _ = self.days.objects.update_or_create(day=day, defaults=facts)
            self.replace(counted)

    def step(self, job: Job, *, at: datetime) -> Step:
        """The step of a job that counts the days that can still change, the oldest first, up to today."""
        today = day_of(at)
        first = date.fromisoformat(job.checkpoint["next"]) if job.checkpoint else self.first_unsettled(at=at)
        last = min(first + timedelta(days=CHUNK - 1), today)
        for day in days_from(first, last):
            self.count(day, at=at)
        done = job.done + (last - first).days + 1
        to_come = (today - last).days
        checkpoint = {"next": (last + ONE_DAY).isoformat()}
        return Step(done, checkpoint, finished=not to_come, total=done + to_come, outcome={"Days counted": done})

    def first_unsettled(self, *, at: datetime) -> date:
        """Days are settled in their order, so whatever lies before the last settled one is settled, too."""
        last = self.days.objects.filter(settled=True).order_by("-day").first()
        if last:
            return last.day + ONE_DAY
        began = self.begins()
        return min(day_of(began), day_of(at)) if began else day_of(at)

    def count_all(self, *, at: datetime) -> int:
        """Count every day anew, settled or not, up to today. Returns how many there are."""
        self.days.objects.update(settled=False)
        days = list(days_from(self.first_unsettled(at=at), day_of(at)))
        for day in days:
            self.count(day, at=at)
        return len(days)


@dataclass(frozen=True)
class Span:
    """Some days up to today: which of them a page counts by itself, and whether all the others are counted."""

    first: date
    live_from: date
    today: date
    complete: bool

    @property
    def live_days(self) -> list[date]:
        return list(days_from(self.live_from, self.today))


def span_of(days: type[CountedDay], first: date, *, at: datetime) -> Span:
    """From the first day, which is more than LIVE days ago, up to today."""
    today = day_of(at)
    counted = days.objects.filter(day__gte=first, day__lt=today, counted_at__gte=models.F("ends_at") + SOON)
    known = set(counted.values_list("day", flat=True))
    lately = days_from(today - timedelta(days=LIVE), today)
    live_from = next(day for day in lately if day not in known)
    return Span(first, live_from, today, complete=live_from - ONE_DAY in known or _begins_by(days, live_from))


def _begins_by(days: type[CountedDay], day: date) -> bool:
    """There was nothing to count before that day: counting began with the first row of all."""
    first = days.objects.order_by("day").first()
    return first is not None and first.day >= day
