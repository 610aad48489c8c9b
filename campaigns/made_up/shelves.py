"""A campaign during the made-up year: what it has sold, and to whom."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from campaigns.made_up.samples import LEFT_OVER, Pool, Sample
from loyalty_site.made_up.dice import Dice


@dataclass(frozen=True)
class Member:
    """A customer as campaigns see one, with the sales that earn points: when, how much, and the document."""

    id: UUID
    level_id: UUID
    segments: frozenset[UUID]
    sales: list[tuple[datetime, Decimal, str]]


@dataclass
class Shelf:
    """Codes are made as they are sold, in the order of the pool."""

    id: UUID
    sample: Sample
    today: datetime
    dice: Dice
    codes: list[str] = field(default_factory=list)
    sold: int = 0
    bought: Counter[UUID] = field(default_factory=Counter)  # by each customer, refunded ones too
    refunded: Counter[UUID] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.opens_at, self.closes_at = self.sample.opens_at(self.today), self.sample.closes_at(self.today)
        self._known: set[str] = set()
        self._levels, self._segments = set(self.sample.levels), set(self.sample.segments)

    def sells_to(self, member: Member, balance: int, at: datetime) -> bool:
        sample = self.sample
        held = self.bought[member.id] - self.refunded[member.id]
        return (
            sample.active
            and sample.cost <= balance
            and self.opens_at <= at <= self.closes_at
            and (member.level_id in self._levels or not self._segments.isdisjoint(member.segments))
            and self.sold < sample.most_sold
            and held < (sample.per_customer or 3)
        )

    def sell(self, member: Member) -> tuple[int, str, int]:
        """The place in the pool, its code, and the customer's how-manieth it is."""
        place = -1 - self.sold if self.sample.shared else self.sold
        self.sold += 1
        self.bought[member.id] += 1
        self._fill(1 if self.sample.shared else self.sold)
        return place, self.codes[0 if self.sample.shared else place], self.bought[member.id]

    def fill_up(self, rest: int) -> None:
        """Make the codes that were not sold; `rest` is for the pool that makes up the number of coupons."""
        codes = self.sample.codes
        if codes is Pool.THE_REST:
            size = max(rest, self.sold)
        else:
            size = codes if isinstance(codes, int) else self.sold + LEFT_OVER[codes]
        self._fill(max(size, 1))

    def _fill(self, size: int) -> None:
        if self.sample.shared:
            self.codes = [self.sample.prefix]
            return
        while len(self.codes) < size:
            code = f"{self.sample.prefix}-{self.dice.letters(4)}-{self.dice.letters(4)}"
            if code not in self._known:
                self._known.add(code)
                self.codes.append(code)
