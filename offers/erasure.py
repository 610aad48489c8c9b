"""Offers of somebody who is erased stay to be counted; partners' texts about them and their sessions go."""

from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from loyalty_site.access.actors import Actor
from loyalty_site.outbox.models import Event
from loyalty_site.privacy import Erasure, Person, naming
from offers.batch_models import GiftBatch
from offers.events import OFFER_ASSIGNED
from offers.models import CustomerOffer, MemberSession

SAMPLES = ("unknown_samples", "ambiguous_samples")  # lines of a list, as they were sent


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    MemberSession.objects.filter(customer=person.id).delete()
    CustomerOffer.objects.filter(customer=person.id).update(source="", reference="")
    _forget_what_was_told(person)
    _forget_samples(person)


def _forget_what_was_told(person: Person) -> None:
    told = list(Event.objects.filter(customer_id=person.id, kind=OFFER_ASSIGNED.name))
    for event in told:
        event.data |= {"source": "", "reference": ""}
    Event.objects.bulk_update(told, ["data"])


def _forget_samples(person: Person) -> None:
    """Offers to many are few: they are all looked at."""
    batches = GiftBatch.objects.annotate(text=Cast("preview", TextField()))
    naming_them = list(batches.filter(naming("text", {*person.texts, *person.as_json})))
    for batch in naming_them:
        samples = {name: batch.preview[name] for name in SAMPLES if name in batch.preview}
        batch.preview |= {name: [text for text in lines if not _names(text, person)] for name, lines in samples.items()}
    GiftBatch.objects.bulk_update(naming_them, ["preview"])


def _names(text: str, person: Person) -> bool:
    return any(own.casefold() in text.casefold() for own in person.texts)


def foretold(person: Person, at: datetime) -> list[str]:
    return [_("Offers and promotions stay to be counted, without the person; partners' sessions end.")]


ERASURE = Erasure(erase, foretold)
