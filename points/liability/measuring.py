"""Taking stock of the points that can be spent. Every row of them is read, so the clock does it, and no page.

Until when points last is what their buckets say. When they were earned follows from the rule that cancelling goes by:
of the points in one bucket the oldest go first, so what is left of it are its latest additions that were not cancelled.
What a bucket holds beyond those was given back to it, and has no addition of its own there.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from loyalty_site.database import fetch_one, prepared, read_snapshot
from loyalty_site.days import ONE_DAY, day_of, start_of
from loyalty_site.jobs.kinds import UPKEEP, Kind, once
from points.liability.models import Outstanding
from points.models import Bucket, Transfer

By = Outstanding.By
MONTHS = 12  # told one by one; the rest is told together
AGES = (0, 30, 90, 180, 365)  # days: where each class of age begins
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)  # before all movements

# One figure for each moment given, the latest first: what was earned from it on, up to the one before.
LEFT_BY_AGE = """
WITH held AS (
    SELECT e.created_at, e.points, b.points AS held,
           SUM(e.points) OVER (PARTITION BY e.account_id, e.expires_on ORDER BY e.sequence DESC) - e.points AS newer
    FROM points_transfer e
    JOIN points_bucket b ON b.account_id = e.account_id AND b.expires_on = e.expires_on AND b.points > 0
    LEFT JOIN points_transfer c ON c.corrects_id = e.id
    WHERE e.kind = 'earn' AND e.expires_on >= %s AND c.id IS NULL
), remaining AS (
    SELECT created_at, CASE WHEN held - newer < points THEN held - newer ELSE points END AS points
    FROM held WHERE held > newer
)
SELECT {figures} FROM remaining
"""
FIGURE = "COALESCE(SUM(CASE WHEN created_at >= %s AND created_at < %s THEN points ELSE 0 END), 0)"


def measured(at: datetime) -> list[Outstanding]:
    """All of it, unsaved. The caller holds a snapshot, else what moves meanwhile may be counted twice or not at all."""
    by_day = dict(_valid(at).values_list("expires_on").annotate(Sum("points")))
    ages = _by_age(at)
    rest = sum(by_day.values()) - sum(row.points for row in ages)
    given_back = Outstanding(by=By.GIVEN_BACK, first=day_of(at), points=rest)
    found = [*_by_month(by_day, day_of(at)), *ages, given_back]
    for row in found:
        row.taken_at = at
    return found


@transaction.atomic
def keep(found: Iterable[Outstanding]) -> None:
    """In the place of what was known before."""
    Outstanding.objects.all().delete()
    Outstanding.objects.bulk_create(found)


def measure(at: datetime) -> Mapping[str, int]:
    with read_snapshot():
        found = measured(at)
    keep(found)
    return {"Points outstanding": sum(row.points for row in found if row.by == By.EXPIRY)}


MEASURE = Kind(
    "points.measure_outstanding",
    _("Count the points outstanding by age and last day"),
    once(measure),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)


def _valid(at: datetime) -> QuerySet[Bucket]:
    return Bucket.objects.filter(expires_on__gte=day_of(at), points__gt=0).order_by()


def _by_month(by_day: Mapping[date, int], today: date) -> list[Outstanding]:
    """This month from today on, the months after it, and all that lasts longer."""
    starts = [today, *(_month_after(today, n) for n in range(1, MONTHS + 1))]
    ends = [*(start - ONE_DAY for start in starts[1:]), None]
    return [
        Outstanding(
            by=By.EXPIRY,
            first=first,
            last=last,
            points=sum(points for day, points in by_day.items() if first <= day and (last is None or day <= last)),
        )
        for first, last in zip(starts, ends, strict=True)
    ]


def _by_age(at: datetime) -> list[Outstanding]:
    today = day_of(at)
    lasts = [today - timedelta(days=age) for age in AGES]
    firsts = [*(last + ONE_DAY for last in lasts[1:]), None]
    bounds = [start_of(first) if first else BEGINNING for first in firsts]
    spans = zip(bounds, [start_of(today + ONE_DAY), *bounds], strict=False)
    params = [prepared(Transfer, "created_at", moment) for span in spans for moment in span]
    sql = LEFT_BY_AGE.format(figures=", ".join([FIGURE] * len(AGES)))
    # in the order of the text: the day stands before the figures
    sums = fetch_one(sql, [prepared(Bucket, "expires_on", today), *params])
    return [
        Outstanding(by=By.AGE, first=first, last=last, points=int(points))
        for first, last, points in zip(firsts, lasts, sums, strict=True)
    ]


def _month_after(day: date, n: int) -> date:
    """The first day of the n-th month after that day's."""
    months = day.year * 12 + day.month - 1 + n
    return date(months // 12, months % 12 + 1, 1)
