"""Mail to somebody who is erased is not sent. Events hold nothing of a person; what receivers answered might."""

from datetime import datetime

from django.utils.translation import gettext as _

from loyalty_site.access.actors import Actor
from loyalty_site.outbox.models import Delivery
from loyalty_site.privacy import Erasure, Person


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    deliveries = Delivery.objects.filter(event__customer_id=person.id)
    waiting_mail = deliveries.filter(subscription=None, state=Delivery.State.WAITING)
    waiting_mail.update(state=Delivery.State.SKIPPED, next_at=None)
    deliveries.exclude(last_answer="").update(last_answer="")


def foretold(person: Person, at: datetime) -> list[str]:
    return [_("Mail that waits to be sent is not sent. Webhooks are told that the customer was erased.")]


ERASURE = Erasure(erase, foretold)
