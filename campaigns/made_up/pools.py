"""Many campaigns with their pools: written in chunks, and remembered as little more than numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from campaigns.made_up.catalogue import SAMPLES
from campaigns.made_up.samples import Sample
from campaigns.models import Campaign, Coupon, LevelTarget, SegmentTarget
from customers.made_up.groups import LEVELS
from customers.made_up.scale import SEGMENTS
from loyalty_site.bulk_rows import add_rows
from loyalty_site.made_up.dice import Dice

WINDOWS = [(-400, None), (-400, None), (-300, 120), (-330, -30), (-200, -90), (-45, 90), (14, 60)]  # days from today
FIELDS = [field for field in Campaign._meta.concrete_fields if not field.generated]
LEAST_COST = 10


@dataclass(slots=True)
class OnSale:
    """A campaign as a buyer meets it. Its coupons have consecutive ids, in the order of the pool."""

    id: UUID
    name: str
    cost: int
    opens_at: datetime
    closes_at: datetime
    size: int
    first_coupon: int
    per_customer: int
    sold: int = 0

    def sells(self, balance: int, bought: int, at: datetime) -> bool:
        is_open = self.opens_at <= at <= self.closes_at
        return is_open and self.cost <= balance and self.sold < self.size and bought < self.per_customer


def written(sizes: list[int], first_coupon: int, number: int, today: datetime) -> list[OnSale]:
    """Write campaigns with pools of these sizes; `number` is that of the first of them."""
    dice, shelves = Dice(f"campaigns from {number}"), []
    samples = [_sample(number + place, dice) for place in range(len(sizes))]
    campaigns = []
    for sample, size in zip(samples, sizes, strict=True):
        made_at = sample.made_at(today)
        settings = sample.settings(today, limit=size)
        campaigns.append(Campaign(pk=dice.uuid(), **settings, created_at=made_at, updated_at=made_at))
        opens_at, closes_at, each = sample.opens_at(today), sample.closes_at(today), sample.per_customer
        is_on = (opens_at, closes_at) if sample.active else (today, today - timedelta(days=1))
        shelves.append(OnSale(campaigns[-1].pk, sample.name, sample.cost, *is_on, size, first_coupon, each))
        first_coupon += size
    values = attrgetter(*(field.attname for field in FIELDS))
    add_rows(Campaign, [field.name for field in FIELDS], map(values, campaigns))
    add_rows(LevelTarget, ["campaign", "level_id", "position"], _levels(shelves, dice))
    add_rows(SegmentTarget, ["campaign", "segment_id", "position"], _segments(shelves, dice))
    add_rows(Coupon, ["id", "campaign", "position", "code"], _coupons(shelves, samples, dice))
    return shelves


def _sample(number: int, dice: Dice) -> Sample:
    """One of the catalogue, with a number, dates of its own and limits."""
    sample = SAMPLES[number % len(SAMPLES)]
    opens, closes = dice.choice(WINDOWS)
    return replace(
        sample,
        name=f"{sample.name} No. {number + 1}",
        cost=max(sample.cost, LEAST_COST),
        opens=opens,
        closes=closes,
        shared=False,
        per_customer=sample.per_customer or 5,
    )


def _levels(shelves: list[OnSale], dice: Dice) -> Iterator[tuple[Any, ...]]:
    levels = list(LEVELS)
    for shelf in shelves:
        for position, level_id in enumerate(levels[dice.randrange(len(levels)) :]):
            yield shelf.id, level_id, position


def _segments(shelves: list[OnSale], dice: Dice) -> Iterator[tuple[Any, ...]]:
    segments = list(SEGMENTS)
    for shelf in shelves:
        for position, segment_id in enumerate(dice.sample(segments, dice.choice([0, 0, 1, 3]))):
            yield shelf.id, segment_id, position


def _coupons(shelves: list[OnSale], samples: list[Sample], dice: Dice) -> Iterator[tuple[Any, ...]]:
    for shelf, sample in zip(shelves, samples, strict=True):
        for position in range(shelf.size):
            code = f"{sample.prefix}-{position + 1:06}-{dice.getrandbits(24):06X}"
            yield shelf.first_coupon + position, shelf.id, position, code
