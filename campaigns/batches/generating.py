"""Codes made from a pattern, so many as were asked for whatever the campaign has already."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext_lazy

from campaigns import stock
from campaigns.batches import filling
from campaigns.batches.checking import lines_a_step
from campaigns.batches.patterns import Order, Pattern
from campaigns.batches.report import page_of_batch
from campaigns.models import Campaign
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step
from loyalty_site.jobs.models import Job

OWN_DRAWS = 50  # from one stretch, before it counts as used up
MOST_DRAWS = 500  # before the whole pattern does
CROWDED = gettext_lazy(
    "The campaign has too many codes of this pattern already. Undo this batch and choose a longer one."
)


def generate(job: Job, *, at: datetime) -> Step:
    campaign, batch = filling.held(job)
    pattern = Pattern(batch.pattern)
    order = Order(**job.checkpoint["order"]) if "order" in job.checkpoint else Order.of(batch.wanted)
    upto = min(batch.added + lines_a_step(), batch.wanted)
    stretches = [order[place] for place in range(batch.added, upto)]
    filling.add(campaign, batch, drawn(campaign, pattern, stretches, of=batch.wanted))
    if batch.added == batch.wanted:
        filling.finish(job, campaign, batch, at=at)
    batch.save(update_fields=["added", "state"])
    return Step(
        batch.added,
        {"order": asdict(order)},
        finished=batch.added == batch.wanted,
        total=batch.wanted,
        outcome={"New codes": batch.added},
    )


def drawn(campaign: Campaign, pattern: Pattern, stretches: Sequence[int], *, of: int) -> list[str]:
    """A code from each stretch that the campaign does not know, in their order. Raises CannotGoOn.

    Where a stretch seems to be used up, its code comes from anywhere in the pattern.
    """
    codes: dict[int, str] = {}
    open_ones = stretches
    for draw in range(MOST_DRAWS):
        drawn = {one: pattern.drawn(one, of) if draw < OWN_DRAWS else pattern.drawn(0, 1) for one in open_ones}
        taken = {*codes.values(), *stock.known(campaign, list(drawn.values()))}
        for one, code in drawn.items():
            if code not in taken:
                codes[one] = code
                taken.add(code)
        open_ones = [one for one in open_ones if one not in codes]
        if not open_ones:
            return [codes[one] for one in stretches]
    raise CannotGoOn(because=CROWDED)


GENERATE = Kind(
    name="campaigns.generate_coupons",
    title=gettext_lazy("Generate coupons"),
    step=generate,
    permission="campaigns.view_couponbatch",
    unit=gettext_lazy("coupons"),
    follow_up=page_of_batch,
)
