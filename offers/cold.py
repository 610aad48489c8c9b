"""Offers that partners give and that may come later. Rule: RBI, guides for Braze, `cold/create-offer`."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access.actors import Actor
from loyalty_site.cold.models import ColdCall
from loyalty_site.cold.services import write_down
from loyalty_site.database import unit_of_work
from offers.assigning import Terms, assign
from offers.errors import OfferNotFound
from offers.models import Offer

ACTION = "create-offer"
DATES = ("displayed_from", "effective_from", "expires_at")


@unit_of_work
def queue(offer_id: UUID, customer_id: UUID, terms: Terms, *, actor: Actor, at: datetime) -> UUID:
    """Let a worker give it. Returns the trace. Raises CustomerNotFound and OfferNotFound for what is known already."""
    if not Customer.objects.exclude(status=Customer.Status.ERASED).filter(pk=customer_id).exists():
        raise CustomerNotFound(id=customer_id)
    if not Offer.objects.filter(pk=offer_id, status=Offer.Status.ACTIVE, partners=terms.partner_id).exists():
        raise OfferNotFound(id=offer_id)
    asked = {"offer": offer_id, "terms": asdict(terms)}
    return write_down(ACTION, customer_id, asked, partner_id=terms.partner_id, actor=actor, at=at)


def give(call: ColdCall, *, at: datetime) -> None:
    """Do such a call, under its own trace. Raises what `assign` does."""
    told = call.arguments["terms"]
    dates = {name: told[name] and datetime.fromisoformat(told[name]) for name in DATES}
    terms = Terms(**(told | dates | {"partner_id": call.partner_id}))
    assign(UUID(call.arguments["offer"]), call.customer_id, replace(terms, trace_id=call.pk), actor=call.actor, at=at)
