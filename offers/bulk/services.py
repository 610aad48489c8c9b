"""Preparing a batch, starting it, dropping it, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from customers.models import Level, Segment
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.jobs.services import enqueue
from offers.batch_models import GiftBatch
from offers.bulk import preview
from offers.bulk.jobs import GIVE, IDS, WITHDRAW
from offers.errors import BatchMovedOn, DatesInDisorder, NobodyMeant, OfferNotFound
from offers.models import Offer

State = GiftBatch.State


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What shall be given to whom: a segment, a level, or those whom a list of any identifiers names."""

    begins_at: datetime
    expires_at: datetime | None = None
    reference: str = ""
    repeat: bool = False  # who has the offer already gets it once more
    segment: Segment | None = None
    level: Level | None = None
    listed: Sequence[str] = ()


@unit_of_work
def prepare(offer: Offer, wish: Wish, *, actor: Actor, at: datetime) -> GiftBatch:
    """A batch that can be looked at; nothing is given yet. Raises DatesInDisorder."""
    if wish.expires_at is not None and wish.expires_at < wish.begins_at:
        raise DatesInDisorder(displayed_from=wish.begins_at, expires_at=wish.expires_at)
    batch = GiftBatch(
        offer=offer,
        segment=wish.segment,
        level=wish.level,
        begins_at=wish.begins_at,
        expires_at=wish.expires_at,
        reference=wish.reference,
        repeat=wish.repeat,
        prepared_by=actor.label[:255],
        prepared_at=at,
    )
    _look(batch, wish, at)
    batch.save(force_insert=True)
    audit.record("offer to many prepared", batch, actor=actor, at=at, after=_facts(batch))
    return batch


@unit_of_work
def start(batch_id: UUID, *, actor: Actor, at: datetime) -> GiftBatch:
    """Let a job give it. Raises BatchMovedOn, OfferNotFound for one that is not switched on, and NobodyMeant."""
    batch = _move(batch_id, State.PREPARED, State.GIVING)
    if batch.offer.status != Offer.Status.ACTIVE:
        raise OfferNotFound(id=batch.offer_id)
    if not batch.preview["to_give"]:
        raise NobodyMeant
    job = enqueue(
        GIVE,
        {"batch": batch.pk},
        title=f"Give “{batch.offer.name}” to {batch.audience}",
        actor=actor,
        at=at,
        about=batch,
        inputs={IDS: [batch.listed.encode()]} if batch.listed else None,
    )
    GiftBatch.objects.filter(pk=batch.pk).update(job=job, listed="")
    audit.record("offer to many started", batch, actor=actor, at=at, after=_facts(batch))
    return batch


@unit_of_work
def drop(batch_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Forget a batch of which nothing was given. Raises BatchMovedOn."""
    batch = GiftBatch.objects.filter(pk=batch_id).first()
    if batch is None or not GiftBatch.objects.filter(pk=batch_id, state=State.PREPARED).delete()[0]:
        raise BatchMovedOn
    audit.record("offer to many dropped", batch, actor=actor, at=at, before=_facts(batch))


@unit_of_work
def withdraw(batch_id: UUID, *, actor: Actor, at: datetime) -> GiftBatch:
    """Let a job take back what nobody has answered. Raises BatchMovedOn, also while it is still being given."""
    batch = GiftBatch.objects.select_related("job").filter(pk=batch_id).first()
    if batch is None or not may_be_withdrawn(batch):
        raise BatchMovedOn
    batch = _move(batch_id, State(batch.state), State.WITHDRAWING)
    title = f"Take “{batch.offer.name}” back from {batch.audience}"
    job = enqueue(WITHDRAW, {"batch": batch.pk}, title=title, actor=actor, at=at, about=batch)
    GiftBatch.objects.filter(pk=batch.pk).update(job=job)
    audit.record("offer to many withdrawn", batch, actor=actor, at=at, before={"given": batch.given})
    return batch


def may_be_withdrawn(batch: GiftBatch) -> bool:
    """It was given, or its job has stopped on the way."""
    stopped = batch.state == State.GIVING and (batch.job is None or batch.job.is_finished)
    return batch.state == State.GIVEN or stopped


def forget_prepared(*, before: datetime) -> int:
    """Returns how many."""
    return GiftBatch.objects.filter(state=State.PREPARED, prepared_at__lt=before).delete()[0]


def _look(batch: GiftBatch, wish: Wish, at: datetime) -> None:
    if wish.segment is not None or wish.level is not None:
        batch.audience = str(wish.segment or wish.level)
        batch.preview = preview.of_group(batch, at)
        return
    named = preview.read(list(wish.listed))
    batch.audience = f"a list of {len(wish.listed)}"
    batch.preview = preview.of_list(batch, named, at)
    batch.listed = "".join(f"{one}\n" for one in named.ids)


def _move(batch_id: UUID, before: State, after: State) -> GiftBatch:
    """Raises BatchMovedOn where somebody else was quicker."""
    if not GiftBatch.objects.filter(pk=batch_id, state=before).update(state=after):
        raise BatchMovedOn
    return GiftBatch.objects.select_related("offer").get(pk=batch_id)


def _facts(batch: GiftBatch) -> dict[str, object]:
    counts = {name: batch.preview[name] for name in ("customers", "to_give", "have_it", "blocked")}
    return {"offer": str(batch.offer_id), "audience": batch.audience, "reference": batch.reference, **counts}
