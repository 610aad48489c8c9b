"""The drill's offer, which the partner may give."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from loyalty_site.access.actors import SYSTEM
from loyalty_site.access.demo import PARTNER
from loyalty_site.access.models import Partner
from offers import services
from offers.models import Offer

OFFER = UUID("d3000000-0000-4000-8000-000000000001")


def load(say: Callable[[str], None], at: datetime) -> dict[str, Any]:
    """Add it. Returns its id."""
    fields = {"code": "DRILL", "name": "A prize of the drill", "status": Offer.Status.ACTIVE}
    released = [Partner.objects.get(pk=PARTNER)]
    services.create_offer(pk=OFFER, partners=released, **fields, actor=SYSTEM, at=at)
    say("1 offer")
    return {"offerConfig": str(OFFER)}
