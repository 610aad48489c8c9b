"""A large number of customers, written in chunks, so that the memory needed does not grow with them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from customers.crowds.rebuilding import rebuild
from customers.made_up.groups import BRONZE, GOLD, PLATINUM, SILVER, add_groups
from customers.made_up.people import person
from customers.made_up.sales import add_stores
from customers.models import Customer, Segment, SegmentMembership
from loyalty_site.bulk_rows import add_rows
from loyalty_site.made_up.dice import Dice
from loyalty_site.made_up.progress import Progress
from loyalty_site.made_up.size import Size

ROOM = UUID("5ca1e000-0000-4000-8000-000000000000")
CHUNK = 5_000
YEARS = timedelta(days=5 * 365)
LEVELS = {BRONZE: 70, SILVER: 20, GOLD: 8, PLATINUM: 2}
SEGMENTS = {UUID(f"5ca1e5e9-0000-4000-8000-{n:012}"): f"Segment {n:02}" for n in range(1, 51)}
MEMBERSHIPS = {0: 2, 1: 3, 2: 3, 3: 2, 5: 1}  # how many one customer has → how often
FIELDS = list(Customer._meta.concrete_fields)


def load(size: Size, say: Callable[[str], object], at: datetime) -> None:
    """Into a database without customers."""
    add_groups()
    add_stores()
    Segment.objects.bulk_create(Segment(pk=pk, name=name, active=True) for pk, name in SEGMENTS.items())
    progress = Progress("customers", size.customers, say)
    for chunk in progress.of(_chunks(size.customers, at)):
        with transaction.atomic():
            _write(chunk)
    counted = Progress("places in the crowds of levels and segments", size.customers, say)
    counted.add(rebuild())
    counted.end()


def customer_id(n: int) -> UUID:
    """The n-th customer's, from 0 on."""
    return uuid5(ROOM, str(n))


def _chunks(count: int, at: datetime) -> Iterator[list[tuple[Customer, list[UUID]]]]:
    """Those who joined first come first."""
    segments = list(SEGMENTS)
    for start in range(0, count, CHUNK):
        dice = Dice(f"customers from {start}")
        yield [
            (_customer(n, count, dice, at), dice.sample(segments, dice.weighted(MEMBERSHIPS)))
            for n in range(start, min(start + CHUNK, count))
        ]


def _customer(n: int, count: int, dice: Dice, at: datetime) -> Customer:
    joined_at = at - YEARS * (1 - n / count) - timedelta(seconds=dice.randrange(600))
    level_id = dice.weighted(LEVELS)
    return person(n + 1, dice, customer_id=customer_id(n), level_id=level_id, joined_at=joined_at)


def _write(chunk: list[tuple[Customer, list[UUID]]]) -> None:
    values: Callable[[Customer], tuple[Any, ...]] = attrgetter(*(field.attname for field in FIELDS))
    add_rows(Customer, [field.name for field in FIELDS], (values(customer) for customer, _ in chunk))
    belonging = ((segment_id, customer.pk) for customer, segments in chunk for segment_id in segments)
    add_rows(SegmentMembership, ["segment", "customer"], belonging)
