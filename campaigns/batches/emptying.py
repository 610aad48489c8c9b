"""A batch is undone: its codes go as if they had never come, but for those that somebody bought."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import stock
from campaigns.batches.report import page_of_batch
from campaigns.models import CouponBatch
from campaigns.services import locked
from loyalty_site.access import audit
from loyalty_site.database import on_postgresql
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step
from loyalty_site.jobs.models import Job


def codes_a_step() -> int:
    """Buyers of the campaign wait for a step: a few tenths of a second at most."""
    return 5_000 if on_postgresql() else 2_500


def empty(job: Job, *, at: datetime) -> Step:
    batch = CouponBatch.objects.get(pk=job.arguments["batch"])
    campaign = locked(batch.campaign_id)
    batch.refresh_from_db()
    if batch.state != CouponBatch.State.EMPTYING:
        raise CannotGoOn(because=_("This batch is not to be undone any more."))
    taken = stock.take_out(campaign, batch.pk, below=job.checkpoint.get("below"), most=codes_a_step())
    batch.removed += taken.removed
    # A list that was put meanwhile may have moved some up again: then once more from the end.
    over = taken.last_place is None and not stock.has_unsold(batch.pk)
    if over:
        stock.drop_spare_slices(campaign)
        batch.state = CouponBatch.State.EMPTIED
        facts = {"batch": batch.pk, "label": batch.label, "removed": batch.removed, "kept": batch.added - batch.removed}
        audit.record("coupon batch undone", campaign, actor=job.actor, at=at, after=facts)
    batch.save(update_fields=["removed", "state"])
    done = job.done + taken.seen
    return Step(
        done,
        {"below": taken.last_place},
        finished=over,
        total=max(batch.added, done),
        outcome={"Codes taken out": batch.removed, "Sold, and kept": (batch.added if over else done) - batch.removed},
    )


EMPTY = Kind(
    name="campaigns.undo_coupons",
    title=gettext_lazy("Undo a batch of coupons"),
    step=empty,
    permission="campaigns.view_couponbatch",
    unit=gettext_lazy("coupons"),
    follow_up=page_of_batch,
)
