"""What importing and generating have in common: codes come into a campaign a piece at a time, each in a transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import stock
from campaigns.errors import SharedCode
from campaigns.models import Campaign, CouponBatch
from campaigns.services import locked
from loyalty_site.access import audit
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.models import Job
from loyalty_site.source_texts import as_written

SHARED = gettext_lazy("Every buyer of this campaign gets the same code by now: it takes no more.")


def held(job: Job) -> tuple[Campaign, CouponBatch]:
    """The job's campaign, held against other changes, and its batch. Raises CannotGoOn where it is not to be filled."""
    batch = CouponBatch.objects.get(pk=job.arguments["batch"])
    campaign = locked(batch.campaign_id)
    batch.refresh_from_db()
    if batch.state != CouponBatch.State.FILLING:
        raise CannotGoOn(because=_("This batch has been undone."))
    return campaign, batch


def add(campaign: Campaign, batch: CouponBatch, codes: Sequence[str]) -> None:
    """Put codes that the campaign does not know on sale, and count them. Raises CannotGoOn."""
    try:
        stock.append(campaign, codes, batch.pk)
    except SharedCode:
        raise CannotGoOn(because=SHARED) from None
    batch.added += len(codes)


def finish(job: Job, campaign: Campaign, batch: CouponBatch, *, at: datetime) -> None:
    batch.state = CouponBatch.State.FILLED
    facts = {"batch": batch.pk, "label": batch.label, "added": batch.added}
    source = as_written(CouponBatch.Source(batch.source).label)
    audit.record(f"coupons {source}", campaign, actor=job.actor, at=at, after=facts)
