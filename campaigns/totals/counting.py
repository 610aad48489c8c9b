"""Counting purchases by day.

A purchase may be marked as not used any more, however long ago it was used. So the days that are shown are counted
again and again, all of them, and a day is settled when it is shown no more.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from campaigns.models import Purchase
from campaigns.totals.models import PurchaseDay, PurchaseTotal
from loyalty_site.daily import CountedDay, Totals
from loyalty_site.days import ONE_DAY, start_of
from loyalty_site.jobs.kinds import UPKEEP, Kind

SHOWN = timedelta(days=31)


def totals_on(day: date) -> list[PurchaseTotal]:
    """The day's totals as the purchases have them now, unsaved: only ranges of their indexes on time are read."""
    found: dict[UUID, PurchaseTotal] = {}
    sums = _on(day, "purchased_at").annotate(n=Count("pk"), points=Sum("cost_in_points"))
    for campaign_id, bought, points in sums.values_list("campaign", "n", "points"):
        found[campaign_id] = PurchaseTotal(day_id=day, campaign_id=campaign_id, bought=bought, points=points)
    for name, moment in (("used", "used_at"), ("refunded", "refunded_at")):
        for campaign_id, n in _on(day, moment).annotate(n=Count("pk")).values_list("campaign", "n"):
            total = found.setdefault(campaign_id, PurchaseTotal(day_id=day, campaign_id=campaign_id))
            setattr(total, name, n)
    return list(found.values())


def _on(day: date, moment: str) -> QuerySet:
    span = {f"{moment}__gte": start_of(day), f"{moment}__lt": start_of(day + ONE_DAY)}
    return Purchase.objects.filter(**span).order_by().values("campaign")


def _replace(counted: CountedDay) -> None:
    PurchaseTotal.objects.filter(day=counted.day).delete()
    PurchaseTotal.objects.bulk_create(totals_on(counted.day))


def _begins() -> datetime | None:
    return Purchase.objects.aggregate(first=Min("purchased_at"))["first"]


BY_DAY = Totals(PurchaseDay, _begins, _replace, settles=SHOWN)
COUNT = Kind("campaigns.count_days", _("Count purchases by day"), BY_DAY.step, "jobs.see_upkeep", queue=UPKEEP)
