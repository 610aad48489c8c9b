"""Points that partners add."""

from datetime import date, datetime
from uuid import UUID

from loyalty_site.access.actors import PartnerFacts
from loyalty_site.database import unit_of_work
from points import ceilings, services
from points.ledger import Note
from points.models import Transfer


@unit_of_work
def award(
    partner: PartnerFacts, customer_id: UUID, points: int, *, at: datetime, note: Note, expires_on: date | None = None
) -> Transfer:
    """Add whole points (at least 1) as `services.earn` does, within the partner's ceilings.

    Raises CustomerNotFound and, with nothing written, CeilingReached.
    """
    transfer = services.earn(customer_id, points, at=at, note=note, expires_on=expires_on)
    ceilings.claim(partner, customer_id, points, at=at)
    return transfer
