"""What an account stood at, at any moment: added up from the ledger's rows until then, and from nothing else.

Points whose last day had passed by then count as expired, though the movement that says so may have been written later
or not yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from points.days import day_of
from points.models import Account, Bucket, Transfer

Kind = Transfer.Kind
CHUNK = 500  # movements in memory at once


class Movement(NamedTuple):
    """What a row of the ledger says of points."""

    kind: str
    points: int  # added when positive, taken when negative
    buckets: Sequence[Mapping[str, Any]]  # as points.statements.Change


@dataclass(frozen=True)
class Standing:
    """An account's points at one moment; `earned` and `spent` as points.models.Account has them."""

    earned: int = 0
    spent: int = 0
    expired: int = 0
    buckets: list[tuple[date, int]] = field(default_factory=list)  # last day, points: the soonest first, none empty

    @property
    def spendable(self) -> int:
        return self.earned - self.spent - self.expired


def standing_at(customer_id: UUID, at: datetime) -> Standing:
    """What the customer had at that moment, whose movements count; reads that account's movements until then."""
    rows = Transfer.objects.filter(account=customer_id, created_at__lte=at).order_by()
    told = rows.values_list("kind", "points", "buckets").iterator(chunk_size=CHUNK)
    return add_up((Movement(*row) for row in told), day_of(at))


def standing_now(customer_id: UUID, at: datetime) -> Standing:
    """The same for the present moment, from the account and its buckets instead of from all movements."""
    account = Account.objects.filter(pk=customer_id).first() or Account()
    held = Bucket.objects.filter(account=customer_id, points__gt=0).values_list("expires_on", "points")
    totals = {Kind.EARN: account.earned, Kind.SPEND: account.spent, Kind.EXPIRE: account.expired}
    return _standing(totals, dict(held), day_of(at))


def add_up(movements: Iterable[Movement], today: date) -> Standing:
    """What movements, in whatever order, leave on a day. Memory: one number for each expiry day that holds points."""
    totals = {Kind.EARN: 0, Kind.SPEND: 0, Kind.EXPIRE: 0}
    buckets: dict[date, int] = {}
    for movement in movements:
        match movement.kind:
            case Kind.EARN | Kind.CANCEL:
                totals[Kind.EARN] += movement.points
            case Kind.EXPIRE:
                totals[Kind.EXPIRE] -= movement.points
            case _:
                totals[Kind.SPEND] -= movement.points
        for change in movement.buckets:
            _move(buckets, date.fromisoformat(change["expires_on"]), change["points"])
    return _standing(totals, buckets, today)


def _move(buckets: dict[date, int], day: date, points: int) -> None:
    left = buckets.get(day, 0) + points
    if left:
        buckets[day] = left
    else:
        buckets.pop(day, None)


def _standing(totals: Mapping[str, int], buckets: Mapping[date, int], today: date) -> Standing:
    """With what lies past its last day moved over to what expired."""
    lapsed = sum(points for day, points in buckets.items() if day < today)
    held = sorted((day, points) for day, points in buckets.items() if day >= today)
    return Standing(totals[Kind.EARN], totals[Kind.SPEND], totals[Kind.EXPIRE] + lapsed, held)
