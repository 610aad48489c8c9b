"""Points that partners add and that may come later. Rule: RBI, guides for Braze, `cold/assign-points`."""

from datetime import date, datetime
from uuid import UUID

from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access.partners import facts_of
from loyalty_site.cold.models import ColdCall
from loyalty_site.cold.services import write_down
from loyalty_site.database import unit_of_work
from points.awards import award
from points.ledger import Note
from points.models import Transfer

ACTION = "assign-points"


@unit_of_work
def queue(partner_id: UUID, customer_id: UUID, points: int, *, at: datetime, note: Note, expires_on: date) -> UUID:
    """Let a worker add them. Returns the trace, which will be the movement's id. Raises CustomerNotFound.

    Whether a ceiling is reached is known when they are added.
    """
    if not Customer.objects.exclude(status=Customer.Status.ERASED).filter(pk=customer_id).exists():
        raise CustomerNotFound(id=customer_id)
    asked = {
        "points": points,
        "expires_on": expires_on,
        "source": note.comment,
        "reference": note.reference,
        "local_time": note.local_time,
    }
    return write_down(ACTION, customer_id, asked, partner_id=partner_id, actor=note.actor, at=at)


def add(call: ColdCall, *, at: datetime) -> None:
    """Do such a call, under its own trace. Raises what `award` does."""
    asked, partner = call.arguments, facts_of(call.partner_id)
    note = Note(
        channel=Transfer.Channel.PARTNER,
        actor=call.actor,
        comment=asked["source"],
        reference=asked["reference"],
        partner=partner.signature,
        local_time=asked["local_time"],
        id=call.pk,
    )
    day = date.fromisoformat(asked["expires_on"])
    award(partner, call.customer_id, asked["points"], at=at, note=note, expires_on=day)
