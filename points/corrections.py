"""Movements that take an earlier one back. The old row stays; the new one points at it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Sum

from points import statements
from points.days import day_of, last_valid_day
from points.errors import NotCorrectable, NothingLeft, TransferNotFound
from points.expiry import expire_account
from points.ledger import Note, put, row
from points.models import Account, Bucket, Transfer

Kind = Transfer.Kind


def take_back(transfer_id: UUID, *, at: datetime, note: Note) -> Transfer:
    """Take back what is left of an addition. Returns the unsaved ledger row.

    Raises TransferNotFound, NotCorrectable (no addition, or cancelled before) and NothingLeft.
    """
    addition, account = _locked(transfer_id, {Kind.EARN}, at)
    day = addition.expires_on
    left = left_of(addition)
    if left == 0:
        raise NothingLeft(id=transfer_id)
    Bucket.objects.filter(account=account, expires_on=day).update(points=F("points") - left, moved=-left)
    after = _move(account, balance=-left, earned=-left)
    changes = [{"expires_on": day.isoformat(), "points": -left}]
    return row(account.pk, after, Kind.CANCEL, -left, changes, at=at, note=note, corrects=addition)


def give_back(transfer_id: UUID, *, at: datetime, note: Note) -> Transfer:
    """Give back every point of a spending or deduction. Returns the unsaved ledger row.

    Points go back to the buckets they came from; those whose day has passed since get a bucket as newly earned points
    do. Raises TransferNotFound, NotCorrectable (no spending, or given back before) and CustomerNotFound.
    """
    spending, account = _locked(transfer_id, {Kind.SPEND, Kind.DEDUCT}, at)
    points = -spending.points
    after = _move(account, balance=points, spent=-points)
    changes = [put(account.pk, day, n) for day, n in _homes(spending, at)]
    return row(account.pk, after, Kind.REVERSE, points, changes, at=at, note=note, corrects=spending)


def left_of(addition: Transfer) -> int:
    """How many of an addition's points are still there. Of the points in one bucket the oldest go first."""
    bucket = Bucket.objects.filter(account=addition.account_id, expires_on=addition.expires_on)
    held = bucket.values_list("points", flat=True).first() or 0
    later = Transfer.objects.filter(
        account=addition.account_id,
        kind=Kind.EARN,
        sequence__gt=addition.sequence,
        corrections=None,
        expires_on=addition.expires_on,
    ).aggregate(total=Sum("points", default=0))
    return max(0, min(addition.points, held - later["total"]))


def _locked(transfer_id: UUID, kinds: Iterable[Kind], at: datetime) -> tuple[Transfer, Account]:
    """The transfer to correct and its account, locked and with its due buckets expired."""
    transfer = Transfer.objects.filter(pk=transfer_id).first()
    if transfer is None:
        raise TransferNotFound(id=transfer_id)
    expire_account(transfer.account_id, at=at)
    corrected = transfer.corrections.exists()
    if transfer.kind not in kinds or corrected:
        raise NotCorrectable(kind=transfer.kind, corrected=corrected)
    return transfer, Account.objects.get(pk=transfer.account_id)


def _move(account: Account, **changes: int) -> statements.Balance:
    """Change the locked account's figures by these amounts."""
    steps = {name: F(name) + change for name, change in changes.items()}
    Account.objects.filter(pk=account.pk).update(**steps, sequence=F("sequence") + 1)
    return account.balance + changes["balance"], account.sequence + 1


def _homes(spending: Transfer, at: datetime) -> list[tuple[date, int]]:
    """Which day's bucket gets how many of a spending's points back, each day once."""
    today, fresh = day_of(at), last_valid_day(at)
    homes: dict[date, int] = {}
    for change in spending.buckets:
        day = date.fromisoformat(change["expires_on"])
        home = day if day >= today else fresh
        homes[home] = homes.get(home, 0) - change["points"]
    return sorted(homes.items())
