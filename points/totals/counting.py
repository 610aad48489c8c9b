"""Counting the ledger by day."""

from datetime import date, datetime

from django.db.models import Count, Min, Sum
from django.utils.translation import gettext_lazy as _

from loyalty_site.daily import CountedDay, Totals
from loyalty_site.days import ONE_DAY, start_of
from loyalty_site.jobs.kinds import UPKEEP, Kind
from points.models import Transfer
from points.totals.models import LedgerDay, LedgerTotal


def totals_on(day: date) -> list[LedgerTotal]:
    """The day's totals as the ledger has them now, unsaved: a range of its index on time, and no more, is read."""
    moved = Transfer.objects.filter(created_at__gte=start_of(day), created_at__lt=start_of(day + ONE_DAY))
    sums = moved.order_by().values_list("kind", "channel").annotate(Sum("points"), Count("pk"))
    return [
        LedgerTotal(day_id=day, kind=kind, channel=channel, points=points, movements=movements)
        for kind, channel, points, movements in sums
    ]


def _replace(counted: CountedDay) -> None:
    LedgerTotal.objects.filter(day=counted.day).delete()
    LedgerTotal.objects.bulk_create(totals_on(counted.day))


def _begins() -> datetime | None:
    return Transfer.objects.aggregate(first=Min("created_at"))["first"]


BY_DAY = Totals(LedgerDay, _begins, _replace)
COUNT = Kind("points.count_days", _("Count points by day"), BY_DAY.step, "jobs.see_upkeep", queue=UPKEEP)
