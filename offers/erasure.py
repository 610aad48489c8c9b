"""Offers of somebody who is erased stay to be counted; partners' texts about them and their sessions go."""

from datetime import datetime

from django.utils.translation import gettext as _

from loyalty_site.access.actors import Actor
from loyalty_site.outbox.models import Event
from loyalty_site.privacy import Erasure, Person
from offers.events import OFFER_ASSIGNED
from offers.models import CustomerOffer, MemberSession


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    MemberSession.objects.filter(customer=person.id).delete()
    CustomerOffer.objects.filter(customer=person.id).update(source="", reference="")
    told = list(Event.objects.filter(customer_id=person.id, kind=OFFER_ASSIGNED.name))
    for event in told:
        event.data |= {"source": "", "reference": ""}
    Event.objects.bulk_update(told, ["data"])


def foretold(person: Person, at: datetime) -> list[str]:
    return [_("Offers and promotions stay to be counted, without the person; partners' sessions end.")]


ERASURE = Erasure(erase, foretold)
