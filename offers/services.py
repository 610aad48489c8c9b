"""Changes to offers by staff. Giving them stands in offers/assigning.py, the customers' answers in answering.py."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.access.models import Partner
from loyalty_site.database import unit_of_work
from offers.answering import complete, respond
from offers.assigning import assign
from offers.errors import OfferNotFound
from offers.models import Offer

__all__ = ["assign", "change_offer", "complete", "create_offer", "respond", "set_status"]

SETTINGS = ("code", "name", "description", "status", "rank")


@unit_of_work
def create_offer(*, actor: Actor, at: datetime, partners: Collection[Partner] = (), **fields: Any) -> Offer:
    offer = Offer(**({"created_at": at, "updated_at": at} | fields))
    offer.save(force_insert=True)
    offer.partners.set(partners)
    audit.record("offer created", offer, actor=actor, at=at, after=_facts(offer, SETTINGS) | _released(offer))
    return offer


@unit_of_work
def change_offer(
    offer_id: UUID,
    fields: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    partners: Collection[Partner] | None = None,
) -> Offer:
    """Give these fields other values, and release the offer to these partners. What was given keeps its own terms.

    Raises OfferNotFound.
    """
    offer = locked(offer_id)
    before = _facts(offer, [name for name, value in fields.items() if getattr(offer, name) != value])
    released_before = _released(offer)
    for name in before:
        setattr(offer, name, fields[name])
    if partners is not None:
        offer.partners.set(partners)
    if _released(offer) != released_before:
        before |= released_before
    if before:
        offer.updated_at = at
        offer.save(update_fields=[*(name for name in before if name != "partners"), "updated_at"])
        after = (_facts(offer, SETTINGS) | _released(offer)).items()
        told = {name: value for name, value in after if name in before}
        audit.record("offer changed", offer, actor=actor, at=at, before=before, after=told)
    return offer


def set_status(offer_id: UUID, status: Offer.Status, *, actor: Actor, at: datetime) -> Offer:
    """Switch an offer on, pause or cancel it, for everybody who was given it. Raises OfferNotFound."""
    return change_offer(offer_id, {"status": status.value}, actor=actor, at=at)


def locked(offer_id: UUID) -> Offer:
    """The offer, held against other changes. Raises OfferNotFound."""
    offer = Offer.objects.select_for_update(of=("self",), no_key=True).filter(pk=offer_id).first()
    if offer is None:
        raise OfferNotFound(id=offer_id, live=False)
    return offer


def _facts(offer: Offer, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in names}


def _released(offer: Offer) -> dict[str, list[str]]:
    return {"partners": sorted(partner.name for partner in offer.partners.all())}
