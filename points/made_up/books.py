"""One account's books in memory: what the services would have written, had they been called at these moments.

Moments must come in order. Nothing is read from the database and nothing refused: the caller asks for no more points
than there are.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from loyalty_site.access.actors import SYSTEM
from loyalty_site.made_up.dice import Dice
from points.days import day_of
from points.ledger import Note
from points.models import Transfer

Kind, Channel = Transfer.Kind, Transfer.Channel
AT_NIGHT = time(2, 10)  # when the job expires points
EXPIRED = Note(channel=Channel.EXPIRY, actor=SYSTEM)
ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Movement:
    """A row of the ledger; `changes` are its buckets by day, the soonest first."""

    id: UUID
    short_id: str
    sequence: int
    kind: Kind
    points: int
    balance_after: int
    changes: list[tuple[date, int]]
    note: Note
    at: datetime
    expires_on: date | None = None
    corrects: UUID | None = None


@dataclass(slots=True)
class Book:
    """The account of one customer."""

    customer_id: UUID
    dice: Dice
    balance: int = 0
    held: dict[date, int] = field(default_factory=dict)  # the buckets that are not empty
    movements: list[Movement] = field(default_factory=list)

    def earn(self, points: int, expires_on: date, *, at: datetime, note: Note) -> Movement:
        addition = self._move(Kind.EARN, points, [(expires_on, points)], at, note)
        addition.expires_on = expires_on
        return addition

    def take(self, points: int, kind: Kind, *, at: datetime, note: Note) -> Movement:
        """Spend or deduct points that are there, the soonest to expire first."""
        changes, missing = [], points
        for day in sorted(self.held):
            taken = min(self.held[day], missing)
            changes.append((day, -taken))
            missing -= taken
            if not missing:
                break
        return self._move(kind, -points, changes, at, note)

    def give_back(self, spending: Movement, fresh: date, *, at: datetime, note: Note) -> Movement:
        """Reverse a spending; points whose day has passed since get the day of fresh ones."""
        homes: dict[date, int] = {}
        for day, change in spending.changes:
            home = day if day >= day_of(at) else fresh
            homes[home] = homes.get(home, 0) - change
        movement = self._move(Kind.REVERSE, -spending.points, sorted(homes.items()), at, note)
        movement.corrects = spending.id
        return movement

    def cancel(self, addition: Movement, *, at: datetime, note: Note) -> Movement:
        """Take back an addition of which nothing was spent yet."""
        movement = self._move(Kind.CANCEL, -addition.points, [(addition.expires_on, -addition.points)], at, note)
        movement.corrects = addition.id
        return movement

    def pass_nights_until(self, at: datetime) -> None:
        """Expire points as the nightly job would have, up to that moment."""
        while self.held:
            day = min(self.held)
            night = night_after(day)
            if night > at:
                return
            self._move(Kind.EXPIRE, -self.held[day], [(day, -self.held[day])], night, EXPIRED)

    def _move(self, kind: Kind, points: int, changes: list[tuple[date, int]], at: datetime, note: Note) -> Movement:
        for day, change in changes:
            left = self.held.get(day, 0) + change
            if left:
                self.held[day] = left
            else:
                del self.held[day]
        self.balance += points
        movement = Movement(
            self.dice.uuid(),
            self.dice.short_id(),
            len(self.movements) + 1,
            kind,
            points,
            self.balance,
            changes,
            note,
            at,
        )
        self.movements.append(movement)
        return movement


def night_after(day: date) -> datetime:
    """When points that could be spent up to that day are expired by the job."""
    return datetime.combine(day + ONE_DAY, AT_NIGHT, ZoneInfo(settings.LOYALTY_TIME_ZONE))
