"""The movement that an adjustment asks for, done."""

from datetime import datetime

from loyalty_site.access.actors import Actor
from points import corrections, services
from points.adjustments.errors import LeftChanged
from points.adjustments.models import Adjustment
from points.ledger import Note
from points.models import Transfer

ADDITION = Transfer.Kind.EARN


def change_of(original: Transfer) -> int:
    """What taking this movement back changes the balance by: exact while the account is locked, without due points."""
    return -corrections.left_of(original) if original.kind == ADDITION else -original.points


def move(adjustment: Adjustment, *, actor: Actor, at: datetime) -> Transfer:
    """Move the points. The account must be locked.

    Raises CustomerNotFound, NotEnoughPoints, NotCorrectable, and LeftChanged where another number of points is left to
    take back than was asked for.
    """
    # Who asked stands in the adjustment: the ledger's row is told to webhooks, and handed out to the customer.
    note = Note(channel=Transfer.Channel.ADMIN, actor=actor, comment=adjustment.text, reference=adjustment.reason.name)
    if adjustment.kind == Adjustment.Kind.ADD:
        return services.earn(adjustment.customer_id, adjustment.points, at=at, note=note)
    if adjustment.kind == Adjustment.Kind.TAKE:
        return services.deduct(adjustment.customer_id, -adjustment.points, at=at, note=note)
    return _take_back(adjustment, at, note)


def _take_back(adjustment: Adjustment, at: datetime, note: Note) -> Transfer:
    original = adjustment.corrects
    undo = services.cancel if original.kind == ADDITION else services.reverse
    made = undo(original.pk, at=at, note=note)
    if made.points != adjustment.points:  # the caller's transaction is undone
        raise LeftChanged(asked=abs(adjustment.points), left=abs(made.points))
    return made
