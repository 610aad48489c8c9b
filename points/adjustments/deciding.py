"""What becomes of a request: approved or refused by a second person, withdrawn by the first, or lapsed."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from loyalty_site.access import audit
from loyalty_site.access.actors import SYSTEM, Actor
from loyalty_site.database import unit_of_work
from points import ledger
from points.adjustments import ceilings
from points.adjustments.errors import (
    AboveApproval,
    AdjustmentNotFound,
    AlreadyDecided,
    NotTheAsker,
    OwnAccount,
    SecondPersonNeeded,
)
from points.adjustments.models import Adjustment
from points.adjustments.moving import move

CHUNK = 200  # requests that lapse in one transaction
State = Adjustment.State


@unit_of_work
def approve(adjustment_id: UUID, *, actor: Actor, at: datetime, word: str = "") -> Adjustment:
    """Move the points that somebody else asked for, once. The caller has checked the permission.

    Raises AdjustmentNotFound, AlreadyDecided, SecondPersonNeeded, OwnAccount, AboveApproval, and what the movement
    raises (NotEnoughPoints, NotCorrectable, LeftChanged, CustomerNotFound); the request then stays open, and the
    transaction must not be committed.
    """
    _hold_account_of(adjustment_id)
    adjustment = _locked(adjustment_id, at)
    _refuse_who_may_not(adjustment, actor)
    most = ceilings.of(actor).per_approval
    if most is not None and abs(adjustment.points) > most:
        raise AboveApproval(ceiling=most, points=abs(adjustment.points))
    adjustment.transfer = move(adjustment, actor=actor, at=at)
    return _decided(adjustment, State.APPROVED, actor, at, word)


@unit_of_work
def refuse(adjustment_id: UUID, *, actor: Actor, at: datetime, word: str) -> Adjustment:
    """Move nothing, and say why. Raises AdjustmentNotFound, AlreadyDecided, SecondPersonNeeded and OwnAccount."""
    adjustment = _locked(adjustment_id, at)
    _refuse_who_may_not(adjustment, actor)
    return _decided(adjustment, State.REFUSED, actor, at, word)


@unit_of_work
def withdraw(adjustment_id: UUID, *, actor: Actor, at: datetime, word: str = "") -> Adjustment:
    """Take one's own request back. Raises AdjustmentNotFound, AlreadyDecided and NotTheAsker."""
    adjustment = _locked(adjustment_id, at)
    if str(adjustment.asked_by_id) != actor.id:
        raise NotTheAsker
    return _decided(adjustment, State.WITHDRAWN, actor, at, word)


def lapse(*, at: datetime) -> int:
    """Close what has waited for too long, in transactions of CHUNK requests. Returns how many."""
    total = 0
    while n := _lapse_some(at):
        total += n
    return total


@unit_of_work
def close_all_of(customer_id: UUID, *, at: datetime) -> int:
    """Let a customer's requests lapse, whose points nobody may move any more. Returns how many."""
    waiting = Adjustment.objects.filter(customer=customer_id, state=State.WAITING).order_by("asked_at", "id")
    return _close(waiting.select_for_update(no_key=True, of=("self",)), at)


@unit_of_work
def _lapse_some(at: datetime) -> int:
    asked_before = at - settings.ADJUSTMENTS_WAIT
    stale = Adjustment.objects.filter(state=State.WAITING, asked_at__lte=asked_before).order_by("asked_at", "id")
    return _close(stale.select_for_update(no_key=True, skip_locked=True, of=("self",))[:CHUNK], at)


def _close(requests: QuerySet[Adjustment], at: datetime) -> int:
    closed = list(requests)
    Adjustment.objects.filter(pk__in=[one.pk for one in closed]).update(state=State.LAPSED, decided_at=at)
    audit.record_all("points adjustment lapsed", closed, actor=SYSTEM, at=at)
    return len(closed)


def _hold_account_of(adjustment_id: UUID) -> None:
    """Locks are taken in one order everywhere: the account comes before the request."""
    customer_id = Adjustment.objects.filter(pk=adjustment_id).values_list("customer", flat=True).first()
    if customer_id is None:
        raise AdjustmentNotFound(id=adjustment_id)
    ledger.hold(customer_id)


def _locked(adjustment_id: UUID, at: datetime) -> Adjustment:
    """The request, held, which still waits. One whose time is over is closed already, whether or not marked so."""
    requests = Adjustment.objects.select_related("reason", "corrects")
    adjustment = requests.select_for_update(no_key=True, of=("self",)).filter(pk=adjustment_id).first()
    if adjustment is None:
        raise AdjustmentNotFound(id=adjustment_id)
    if not adjustment.is_open:
        raise AlreadyDecided(state=adjustment.state)
    if adjustment.asked_at <= at - settings.ADJUSTMENTS_WAIT:
        raise AlreadyDecided(state=State.LAPSED)
    return adjustment


def _refuse_who_may_not(adjustment: Adjustment, actor: Actor) -> None:
    if str(adjustment.asked_by_id) == actor.id:
        raise SecondPersonNeeded
    if str(adjustment.customer_id) == actor.id:  # a customer's log-in has the customer's id
        raise OwnAccount


def _decided(adjustment: Adjustment, state: State, actor: Actor, at: datetime, word: str) -> Adjustment:
    adjustment.state, adjustment.decided_by_id, adjustment.decided_at = state, UUID(actor.id), at
    adjustment.word = word
    adjustment.save(update_fields=["state", "decided_by", "decided_at", "word", "transfer"])
    audit.record(
        f"points adjustment {state.value}",
        adjustment,
        actor=actor,
        at=at,
        before={"state": State.WAITING},
        after={"state": state},
        reason=word,
    )
    return adjustment
