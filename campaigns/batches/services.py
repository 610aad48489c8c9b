"""Batches of coupons are begun here; jobs do the work."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns.batches.checking import CHECK, FILE
from campaigns.batches.emptying import EMPTY
from campaigns.batches.generating import GENERATE
from campaigns.batches.importing import IMPORT
from campaigns.batches.patterns import Pattern, check
from campaigns.errors import BatchNotFound, BatchNotReady, FileForgotten, SharedCode
from campaigns.models import Campaign, CouponBatch
from campaigns.services import locked
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.jobs.services import enqueue

State = CouponBatch.State
UNDOABLE = (State.FILLING, State.FILLED, State.EMPTYING)


@unit_of_work
def check_file(
    campaign_id: UUID, content: Iterable[bytes], *, label: str, heading: bool, actor: Actor, at: datetime
) -> CouponBatch:
    """Have a file of codes checked, for an import that is to be confirmed. `heading`: its first line is no code.

    Raises CampaignNotFound and SharedCode.
    """
    batch = _new(campaign_id, CouponBatch.Source.IMPORT, State.CHECKING, label=label, actor=actor, at=at)
    lines = _Lines(content)
    arguments = {"batch": batch.pk, "heading": heading}
    title = f"Check coupons for “{batch.campaign}”: {label}"
    batch.check_job = enqueue(CHECK, arguments, title=title, actor=actor, at=at, about=batch, inputs={FILE: lines})
    batch.check_job.arguments |= {"lines": lines.number}
    batch.check_job.save(update_fields=["arguments"])
    batch.save(update_fields=["check_job"])
    return batch


@unit_of_work
def confirm(batch_id: int, *, actor: Actor, at: datetime) -> CouponBatch:
    """Import what was checked: what is new by then. Raises BatchNotFound, BatchNotReady and FileForgotten."""
    batch = _held(batch_id)
    if batch.state != State.CHECKED:
        raise BatchNotReady(state=batch.state)
    checked = batch.check_job
    if checked is None:
        raise FileForgotten
    batch.state = State.FILLING
    batch.lines = batch.known = batch.repeated = batch.malformed = 0
    arguments = {
        "batch": batch.pk,
        "check": str(checked.pk),
        "layout": checked.checkpoint["layout"],
        "lines": checked.total,
    }
    title = f"Import coupons into “{batch.campaign}”: {batch.label}"
    batch.fill_job = enqueue(IMPORT, arguments, title=title, actor=actor, at=at, about=batch)
    batch.save()
    return batch


@unit_of_work
def generate(
    campaign_id: UUID, pattern: str, count: int, *, label: str, certain: bool, actor: Actor, at: datetime
) -> CouponBatch:
    """Have so many codes made from a pattern. `certain`: also where they are easier to guess than is wise.

    Raises PatternRefused, CodesTooGuessable, CampaignNotFound and SharedCode.
    """
    check(Pattern(pattern), count, certain=certain)
    made_of = {"pattern": pattern, "wanted": count}
    batch = _new(campaign_id, CouponBatch.Source.GENERATION, State.FILLING, label=label, actor=actor, at=at, **made_of)
    title = f"Generate coupons for “{batch.campaign}”: {label}"
    batch.fill_job = enqueue(GENERATE, {"batch": batch.pk}, title=title, actor=actor, at=at, about=batch)
    batch.save(update_fields=["fill_job"])
    return batch


@unit_of_work
def undo(batch_id: int, *, actor: Actor, at: datetime) -> CouponBatch:
    """Take the codes of a batch out again that nobody bought. Raises BatchNotFound and BatchNotReady."""
    batch = _held(batch_id)
    if batch.state not in UNDOABLE or is_at_work(batch):
        raise BatchNotReady(state=batch.state)
    batch.state = State.EMPTYING
    title = f"Undo coupons of “{batch.campaign}”: {batch.label}"
    batch.empty_job = enqueue(EMPTY, {"batch": batch.pk}, title=title, actor=actor, at=at, about=batch)
    batch.save(update_fields=["state", "empty_job"])
    return batch


@unit_of_work
def note_download(batch: CouponBatch, *, actor: Actor, at: datetime) -> None:
    """Write down who takes the codes of a batch away. To be called before the first of them is sent."""
    facts = {"batch": batch.pk, "label": batch.label, "codes": batch.added - batch.removed}
    audit.record("coupon codes downloaded", batch.campaign, actor=actor, at=at, after=facts)


def is_at_work(batch: CouponBatch) -> bool:
    return batch.job is not None and not batch.job.is_finished


def _new(
    campaign_id: UUID, source: str, state: str, *, label: str, actor: Actor, at: datetime, **facts: Any
) -> CouponBatch:
    campaign: Campaign = locked(campaign_id)
    if campaign.single_coupon:
        raise SharedCode(id=campaign_id)
    names = {"label": label, "made_by": actor.label[:255], "created_at": at}
    return CouponBatch.objects.create(campaign=campaign, source=source, state=state, **names, **facts)


def _held(batch_id: int) -> CouponBatch:
    """The batch, held together with its campaign. Raises BatchNotFound."""
    batch = CouponBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise BatchNotFound(id=batch_id)
    locked(batch.campaign_id)
    return CouponBatch.objects.select_related("campaign").get(pk=batch_id)


class _Lines:
    """The pieces of a file, which counts its lines while they pass."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content, self.number = content, 0

    def __iter__(self) -> Iterator[bytes]:
        last = b"\n"
        for piece in self._content:
            self.number += piece.count(b"\n")
            last = piece[-1:] or last
            yield piece
        self.number += last != b"\n"
