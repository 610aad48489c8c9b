"""Checks that led to nothing: files that nobody confirmed are forgotten with their jobs, stopped checks after a day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy

from campaigns.batches.checking import FORGET, lines_a_step
from campaigns.models import CodeOnceSeen, CouponBatch
from loyalty_site.database import execute
from loyalty_site.jobs.kinds import UPKEEP, Kind, once
from loyalty_site.jobs.models import Job

State = CouponBatch.State
KEPT = timedelta(days=1)  # while it may still be tried again


def forget(at: datetime) -> Mapping[str, int]:
    """Nothing of these was ever imported. Each statement is a transaction of its own."""
    unconfirmed = Q(state__in=(State.CHECKING, State.CHECKED), check_job=None)
    stopped = Q(state=State.CHECKING, check_job__state__in=Job.STOPPED, check_job__finished_at__lt=at - KEPT)
    stale = CouponBatch.objects.filter(unconfirmed | stopped).values("pk")
    gone, _ = CouponBatch.objects.filter(pk__in=stale).delete()
    owners = CodeOnceSeen.objects.exclude(batch_id__in=CouponBatch.objects.values("pk"))
    for owner in list(owners.values_list("batch_id", flat=True).distinct()):
        while execute(FORGET, [owner, owner, lines_a_step(), owner]):
            pass
    return {"Checks forgotten": gone}


FORGET_CHECKS = Kind(
    "campaigns.forget_checks",
    gettext_lazy("Forget checks of coupons that led to nothing"),
    once(forget),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)
