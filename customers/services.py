"""Changes to customers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from customers.errors import CustomerNotFound, IdentityTaken, NoLevelYet
from customers.models import Customer, Level, Segment, SegmentMembership
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work

IDENTITIES = ("external_id", "email", "phone", "card_number")


@unit_of_work
def register(*, actor: Actor, at: datetime, level: Level | None = None, **fields: Any) -> Customer:
    """Add a customer, on the lowest level unless one is given.

    Raises NoLevelYet, and IdentityTaken when an e-mail, phone, card number or external id belongs to somebody else.
    """
    level = level or Level.objects.for_new_customers()
    if level is None:
        raise NoLevelYet
    for identity in IDENTITIES:
        fields[identity] = fields.get(identity) or None
    _refuse_taken_identities(fields)
    customer = Customer(level=level, **({"created_at": at, "updated_at": at} | fields))
    try:
        with transaction.atomic():
            customer.save(force_insert=True)
    except IntegrityError:
        _refuse_taken_identities(fields)  # somebody else registered with it in this very moment
        raise
    audit.record("customer registered", customer, actor=actor, at=at, after={"status": customer.status})
    return customer


def _refuse_taken_identities(fields: dict[str, Any]) -> None:
    for identity in filter(fields.get, IDENTITIES):
        value, customers = fields[identity], Customer.objects
        holders = customers.by_email(value) if identity == "email" else customers.filter(**{identity: value})
        if holders.exists():
            raise IdentityTaken(field=identity)


@unit_of_work
def change_status(customer_id: UUID, status: str, *, actor: Actor, at: datetime, reason: str = "") -> Customer:
    """Make a customer active or blocked. Raises CustomerNotFound; who was erased stays so."""
    customers = Customer.objects.exclude(status=Customer.Status.ERASED)
    customer = customers.select_for_update(no_key=True).filter(pk=customer_id).first()
    if customer is None:
        raise CustomerNotFound(id=customer_id)
    before, customer.status, customer.updated_at = customer.status, status, at
    if before != status:
        customer.save(update_fields=["status", "updated_at"])
        changes = {"before": {"status": before}, "after": {"status": status}}
        audit.record("customer status changed", customer, actor=actor, at=at, reason=reason, **changes)
    return customer


@unit_of_work
def put_into_segment(segment: Segment, customer_ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Add customers to a segment; those already in it stay. Returns how many are in it afterwards."""
    memberships = [SegmentMembership(segment=segment, customer_id=customer_id) for customer_id in customer_ids]
    SegmentMembership.objects.bulk_create(memberships, ignore_conflicts=True)
    size = segment.memberships.count()
    audit.record("segment filled", segment, actor=actor, at=at, after={"members": size})
    return size
