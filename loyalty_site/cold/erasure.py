"""Partners' calls about somebody who is erased: they are not done any more, and nothing is kept of them."""

from datetime import datetime

from loyalty_site.access.actors import Actor
from loyalty_site.cold.models import ColdCall
from loyalty_site.privacy import Erasure, Person


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    ColdCall.objects.filter(customer_id=person.id).delete()


ERASURE = Erasure(erase)
