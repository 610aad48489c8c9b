"""Movements of points. Each is one transaction: account, buckets, ledger row and audit entry, or nothing."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from loyalty_site.access import audit
from loyalty_site.database import execute_together, insert, unit_of_work
from loyalty_site.outbox.telling import told
from loyalty_site.source_texts import as_written
from points import corrections, events, ledger
from points.days import day_of, last_valid_day
from points.expiry import expire_accounts
from points.ledger import Note
from points.models import Bucket, Transfer

CHUNK = 500  # accounts expired in one transaction: long enough to be quick, short enough not to hold anybody up


@unit_of_work
def earn(customer_id: UUID, points: int, *, at: datetime, note: Note, expires_on: date | None = None) -> Transfer:
    """Add whole points (at least 1), to be spent up to and including `expires_on`.

    Raises CustomerNotFound; the transaction must not be committed then.
    """
    return write(ledger.deposit(customer_id, points, expires_on or last_valid_day(at), at=at, note=note), note)


@unit_of_work
def spend(customer_id: UUID, points: int, *, at: datetime, note: Note) -> Transfer:
    """The customer spends points, the soonest to expire first.

    Raises CustomerNotFound, CustomerMayNotSpend and NotEnoughPoints.
    """
    return write(ledger.withdraw(customer_id, points, Transfer.Kind.SPEND, at=at, note=note), note)


@unit_of_work
def deduct(customer_id: UUID, points: int, *, at: datetime, note: Note) -> Transfer:
    """Take points away, whatever the customer's status. Raises CustomerNotFound and NotEnoughPoints."""
    return write(ledger.withdraw(customer_id, points, Transfer.Kind.DEDUCT, at=at, note=note), note)


@unit_of_work
def cancel(transfer_id: UUID, *, at: datetime, note: Note) -> Transfer:
    """Take back what is left of an addition. Raises TransferNotFound, NotCorrectable and NothingLeft.

    Rule: Open Loyalty, points transfers, "Cancel": a spending cannot be cancelled.
    """
    return write(corrections.take_back(transfer_id, at=at, note=note), note)


@unit_of_work
def reverse(transfer_id: UUID, *, at: datetime, note: Note) -> Transfer:
    """Give back a spending or deduction, to the buckets it came from.

    Raises TransferNotFound, NotCorrectable and CustomerNotFound; the transaction must not be committed then.
    """
    return write(corrections.give_back(transfer_id, at=at, note=note), note)


def expire(*, at: datetime) -> int:
    """Expire what is due in every account, in transactions of CHUNK accounts. Returns how many points went."""
    total = 0
    due = Bucket.objects.filter(expires_on__lt=day_of(at), points__gt=0).order_by("account").distinct()
    while accounts := list(due.values_list("account", flat=True)[:CHUNK]):
        with transaction.atomic():
            total += expire_accounts(accounts, at=at)
    return total


def write(transfer: Transfer, note: Note) -> Transfer:
    """Insert the ledger row of a movement that account and buckets have made, with its audit entry."""
    facts = {"points": transfer.points, "balance": transfer.balance_after}
    if note.local_time:
        facts |= {"local_time": note.local_time}
    entry = audit.entry(
        f"points {as_written(Transfer.Kind(transfer.kind).label)}",
        transfer,
        actor=note.actor,
        at=transfer.created_at,
        after=facts,
        reason=note.comment,
    )
    execute_together([insert(transfer), insert(entry), *told(events.moved(transfer))])
    return transfer
