"""Adjusting points: done at once within the ceiling, else kept as a request that waits for a second person."""

from datetime import datetime
from uuid import UUID

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from points import ledger
from points.adjustments import ceilings
from points.adjustments.errors import AskedBefore, OwnAccount
from points.adjustments.models import Adjustment, AdjustmentReason
from points.adjustments.moving import change_of, move
from points.days import day_of
from points.errors import NotCorrectable, NotEnoughPoints, NothingLeft, TransferNotFound
from points.expiry import expire_account
from points.models import Account, Transfer

State = Adjustment.State


@unit_of_work
def adjust(
    customer_id: UUID, points: int, *, reason: AdjustmentReason, text: str, actor: Actor, at: datetime
) -> Adjustment:
    """Change a balance by so many points: added where positive, taken where negative. `actor` is a person.

    Raises CustomerNotFound, OwnAccount and NotEnoughPoints; the transaction must not be committed then.
    """
    ledger.hold(customer_id)
    kind = Adjustment.Kind.ADD if points > 0 else Adjustment.Kind.TAKE
    facts = {"customer_id": customer_id, "kind": kind, "points": points, "reason": reason, "text": text}
    return _settle(facts, actor, at)


@unit_of_work
def take_back(transfer_id: UUID, *, reason: AdjustmentReason, text: str, actor: Actor, at: datetime) -> Adjustment:
    """Take a movement back: what is left of an addition, or the whole of what was taken.

    A reward's payment goes back with the reward, by its refund. Raises TransferNotFound, NotCorrectable, NothingLeft,
    AskedBefore and OwnAccount; the transaction must not be committed then.
    """
    original = Transfer.objects.filter(pk=transfer_id).first()
    if original is None:
        raise TransferNotFound(id=transfer_id)
    ledger.hold(original.account_id)
    expire_account(original.account_id, at=at)
    _refuse_what_stays(original)
    points = change_of(original)
    if points == 0:
        raise NothingLeft(id=transfer_id)
    facts = {"customer_id": original.account_id, "kind": Adjustment.Kind.TAKE_BACK, "points": points}
    return _settle(facts | {"corrects": original, "reason": reason, "text": text}, actor, at)


def is_correctable(transfer: Transfer) -> bool:
    """Whether its kind lets it be taken back by hand, and nobody has done so."""
    by_hand = transfer.channel != Transfer.Channel.REWARD
    kinds = {Transfer.Kind.EARN, Transfer.Kind.SPEND, Transfer.Kind.DEDUCT}
    return by_hand and transfer.kind in kinds and not transfer.corrections.exists()


def may_be_taken_back(transfer: Transfer, *, at: datetime) -> bool:
    """The same, of a movement of which there is something left."""
    gone = transfer.expires_on is not None and transfer.expires_on < day_of(at)
    return not gone and is_correctable(transfer) and change_of(transfer) != 0


def _refuse_what_stays(original: Transfer) -> None:
    if not is_correctable(original):
        raise NotCorrectable(kind=original.kind, corrected=original.corrections.exists())
    if Adjustment.objects.filter(corrects=original, state=State.WAITING).exists():
        raise AskedBefore


def _settle(facts: dict, actor: Actor, at: datetime) -> Adjustment:
    """Of an account that is locked: move the points, or keep the request."""
    adjustment = Adjustment(**facts, asked_by_id=UUID(actor.id), asked_at=at)
    if adjustment.asked_by_id == adjustment.customer_id:  # a customer's log-in has the customer's id
        raise OwnAccount
    if ceilings.claim(actor, abs(adjustment.points), at=at):
        adjustment.transfer = move(adjustment, actor=actor, at=at)
        adjustment.state, adjustment.decided_at = State.DONE, at
        adjustment.save(force_insert=True)
        return adjustment
    if adjustment.kind == Adjustment.Kind.TAKE:
        _refuse_what_is_not_there(adjustment, at)
    adjustment.state = State.WAITING
    adjustment.save(force_insert=True)
    told = {"kind": adjustment.kind, "points": adjustment.points, "reason_code": adjustment.reason.code}
    audit.record("points adjustment asked for", adjustment, actor=actor, at=at, after=told, reason=adjustment.text)
    return adjustment


def _refuse_what_is_not_there(adjustment: Adjustment, at: datetime) -> None:
    balance, needed = Account.objects.spendable_of(adjustment.customer_id, at), -adjustment.points
    if balance < needed:
        raise NotEnoughPoints(balance=balance, needed=needed)
