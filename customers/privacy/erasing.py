"""Erasing a customer: every app forgets the person in one transaction, and the books keep their sums.

The row stays as an empty shell that accounts, movements and purchases point at. There is no way back.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from customers import services
from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.privacy import Erasure, Person

SHORTEST = 5  # letters of a text that tells of one person only


@unit_of_work
def erase(customer_id: UUID, *, actor: Actor, at: datetime, reason: str) -> Customer:
    """Forget the person. Raises CustomerNotFound, and what an app's erasure raises; then nothing is forgotten.

    The points come first, whose account everybody locks before anything else, then the customer's own row is held, and
    read once more: what was being changed or written about the person is forgotten, too. Its status is last, since the
    books take points from nobody who was erased.
    """
    points, *others = erasures()
    points.erase(person_of(customer_id), actor=actor, at=at)
    services.locked(customer_id)
    person = person_of(customer_id)
    for erasure in others:
        erasure.erase(person, actor=actor, at=at)
    customer = services.change_status(customer_id, Customer.Status.ERASED, actor=actor, at=at, reason=reason)
    customer.memberships.all().delete()  # out of the crowds by now
    customer.refresh_from_db()
    return customer


def foretold(customer_id: UUID, *, at: datetime) -> list[str]:
    """What would happen, in sentences, the customer's own row first. Raises CustomerNotFound."""
    person = person_of(customer_id)
    return [sentence for erasure in reversed(erasures()) for sentence in erasure.foretold(person, at)]


def person_of(customer_id: UUID) -> Person:
    """Raises CustomerNotFound, also for somebody who was erased."""
    customer = Customer.objects.exclude(status=Customer.Status.ERASED).filter(pk=customer_id).first()
    if customer is None:
        raise CustomerNotFound(id=customer_id)
    identities = [getattr(customer, name) for name in services.IDENTITIES]
    texts = [str(customer.pk), str(customer.number), *identities, customer.full_name]
    return Person(customer.pk, tuple(text for text in texts if text and len(text) >= SHORTEST))


@cache
def erasures() -> Sequence[Erasure]:
    """Of all apps, in the order of the setting."""
    return [import_string(name) for name in settings.CUSTOMER_ERASURES]
