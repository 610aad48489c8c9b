"""Rows are kept for as long as somebody may want them back; that it was done stays known."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy

from loyalty_site.bulk.models import BulkChange, BulkRow
from loyalty_site.jobs.kinds import UPKEEP, Kind, once

KEPT = timedelta(days=60)
AT_ONCE = 10_000  # rows


def _forget(at: datetime) -> Mapping[str, int]:
    """Each statement is a transaction of its own."""
    old = BulkChange.objects.filter(made_at__lt=at - KEPT, forgotten=False)
    forgotten = 0
    for pk in list(old.values_list("pk", flat=True)):
        BulkChange.objects.filter(pk=pk).update(forgotten=True)  # first: what is half gone cannot be undone
        while BulkRow.objects.filter(pk__in=BulkRow.objects.filter(change=pk).values("pk")[:AT_ONCE]).delete()[0]:
            pass
        forgotten += 1
    return {"Bulk changes whose rows were forgotten": forgotten}


FORGET = Kind(
    "bulk.forget",
    gettext_lazy("Forget what bulk changes would restore"),
    once(_forget),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)
