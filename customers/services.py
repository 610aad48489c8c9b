"""Changes to customers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from customers import events
from customers.crowds import marking
from customers.errors import CustomerNotFound, IdentityTaken, NoLevelYet, SegmentNotFound
from customers.models import Customer, Level, Segment, SegmentMembership
from loyalty_site.access import audit, log_in_tokens
from loyalty_site.access.actors import Actor
from loyalty_site.database import execute_together, insert, unit_of_work
from loyalty_site.outbox.telling import told

BATCH = 1_000  # customers held by one statement
IDENTITIES = ("external_id", "email", "phone", "card_number")
# Of a customer's fields the audit trail keeps the values of these; of others only that they changed, since what tells
# of a person must not outlive the person's erasure in a table that only grows.
IMPERSONAL = ("level", "level_set_by_hand", "store", "agreement1", "agreement2", "agreement3", "reward_mail")


@unit_of_work
def register(*, actor: Actor, at: datetime, level: Level | None = None, **fields: Any) -> Customer:
    """Add a customer, on the lowest level unless one is given.

    Raises NoLevelYet, and IdentityTaken when an external id belongs to somebody else, or when an e-mail, phone or card
    number does, as any of the three.
    """
    level = level or Level.objects.for_new_customers()
    if level is None:
        raise NoLevelYet
    for identity in IDENTITIES:
        fields[identity] = fields.get(identity) or None
    customer = Customer(level=level, **({"created_at": at, "updated_at": at} | fields))
    _save(customer, fields, force_insert=True)
    entry = audit.entry("customer registered", customer, actor=actor, at=at, after={"status": customer.status})
    execute_together([insert(entry), *told(events.registered(customer, at=at))])
    marking.admit(customer)  # last: other registrations wait for the same row
    return customer


@unit_of_work
def change(customer_id: UUID, fields: Mapping[str, Any], *, actor: Actor, at: datetime) -> Customer:
    """Give these fields of a customer other values; the status has a service of its own.

    Raises CustomerNotFound, and IdentityTaken as `register` does.
    """
    customer = locked(customer_id)
    changed = {name: value for name, value in fields.items() if getattr(customer, name) != value}
    if not changed:
        return customer
    before = {name: _told(name, getattr(customer, name)) for name in changed if name in IMPERSONAL}
    left = customer.level_id
    for name, value in changed.items():
        setattr(customer, name, value)
    customer.updated_at = at
    _save(customer, changed, update_fields=[*changed, "updated_at"])
    after = {name: _told(name, value) for name, value in changed.items()}
    audit.record("customer changed", customer, actor=actor, at=at, before=before, after=after)
    if customer.level_id != left:
        marking.mark(customer.pk, levels={left: False, customer.level_id: True})
    return customer


def _told(name: str, value: Any) -> Any:
    """What the audit trail may keep of a field's value."""
    if name not in IMPERSONAL:
        return "changed"
    return value if value is None or isinstance(value, bool) else str(value)


def _save(customer: Customer, identities: Mapping[str, Any], **how: Any) -> None:
    _refuse_taken_identities(customer, identities)
    try:
        with transaction.atomic():
            customer.save(**how)
    except IntegrityError:
        _refuse_taken_identities(customer, identities)  # somebody else took it in this very moment
        raise


def _refuse_taken_identities(customer: Customer, identities: Mapping[str, Any]) -> None:
    """What somebody logs in by belongs to one customer, whether as e-mail, phone or card.

    Of two who register at the same moment one may get as a card what the other gets as a phone, since no index spans
    two columns: such a text then lets neither of them in (customers/login.py).
    """
    others = Customer.objects.exclude(pk=customer.pk)
    for identity in filter(identities.get, IDENTITIES):
        value = identities[identity]
        holders = others.filter(external_id=value) if identity == "external_id" else others.by_login(value)
        if holders.exists():
            raise IdentityTaken(field=identity)


@unit_of_work
def change_status(customer_id: UUID, status: str, *, actor: Actor, at: datetime, reason: str = "") -> Customer:
    """Make a customer active, blocked or erased. Raises CustomerNotFound; who was erased stays so.

    Blocking and erasing end the log-ins that the customer has.
    """
    customer = locked(customer_id)
    before, customer.status, customer.updated_at = customer.status, status, at
    if before != status:
        customer.save(update_fields=["status", "updated_at"])
        if status == Customer.Status.ERASED:
            marking.dismiss(customer)
        if status in Customer.SHUT_OUT:
            log_in_tokens.end_all(customer.pk)  # the account has the customer's id
        changes = {"before": {"status": before}, "after": {"status": status}}
        entry = audit.entry("customer status changed", customer, actor=actor, at=at, reason=reason, **changes)
        execute_together([insert(entry), *told(events.status_changed(customer, at=at))])
    return customer


@unit_of_work
def put_into_segment(segment: Segment, customer_ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Add customers to a segment; those already in it stay. Returns how many are in it afterwards."""
    joining = sorted(set(customer_ids))
    present = held(joining)
    memberships = [SegmentMembership(segment=segment, customer_id=customer_id) for customer_id in joining]
    SegmentMembership.objects.bulk_create(memberships, ignore_conflicts=True)
    marking.join(segment.pk, present)
    size = segment.memberships.count()
    audit.record("segment filled", segment, actor=actor, at=at, after={"members": size})
    return size


@unit_of_work
def switch_segment(segment_id: UUID, active: bool, *, actor: Actor, at: datetime) -> None:
    """Mark a segment as in use or not. Raises SegmentNotFound."""
    segment = Segment.objects.select_for_update(no_key=True).filter(pk=segment_id).first()
    if segment is None:
        raise SegmentNotFound(id=segment_id)
    if segment.active == active:
        return
    segment.active = active
    segment.save(update_fields=["active"])
    action = "segment activated" if active else "segment deactivated"
    audit.record(action, segment, actor=actor, at=at, before={"active": not active}, after={"active": active})


@unit_of_work
def choose_segments(customer_id: UUID, segments: Iterable[Segment], *, actor: Actor, at: datetime) -> None:
    """Make these the customer's segments. Raises CustomerNotFound."""
    customer = locked(customer_id)
    wanted = {segment.pk: segment.name for segment in segments}
    held = dict(customer.memberships.values_list("segment_id", "segment__name"))
    if held.keys() == wanted.keys():
        return
    customer.memberships.filter(segment__in=held.keys() - wanted.keys()).delete()
    missing = [SegmentMembership(customer=customer, segment_id=key) for key in wanted.keys() - held.keys()]
    SegmentMembership.objects.bulk_create(missing)
    marking.mark(customer.pk, segments=dict.fromkeys(held, False) | dict.fromkeys(wanted, True))
    changes = {"before": {"segments": sorted(held.values())}, "after": {"segments": sorted(wanted.values())}}
    audit.record("customer segments changed", customer, actor=actor, at=at, **changes)


def locked(customer_id: UUID) -> Customer:
    """The customer, who was not erased, held against other changes. Raises CustomerNotFound."""
    customers = Customer.objects.exclude(status=Customer.Status.ERASED)
    customer = customers.select_for_update(no_key=True).filter(pk=customer_id).first()
    if customer is None:
        raise CustomerNotFound(id=customer_id)
    return customer


def held(customer_ids: Sequence[UUID]) -> list[UUID]:
    """Those of these customers who were not erased, held against other changes."""
    customers = Customer.objects.exclude(status=Customer.Status.ERASED).order_by("pk").select_for_update(no_key=True)
    batches = (customer_ids[start : start + BATCH] for start in range(0, len(customer_ids), BATCH))
    return [key for batch in batches for key in customers.filter(pk__in=batch).values_list("pk", flat=True)]
