"""Keeping the crowds true: a change of a customer sets bits in the same transaction, without reading them first."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from customers.crowds.bits import CHUNK, NO_BITS, chunks_of
from customers.crowds.models import Crowd, LevelCrowd, Place, SegmentCrowd
from customers.models import Customer
from loyalty_site.database import execute, prepared

BATCH = 1_000  # customers asked for in one statement; drivers take only so many values

# A bit that is as wanted already is left alone. Rows are locked in the order in which they are listed.
MARK = """
INSERT INTO {table} ({group}, chunk, bits, members) VALUES {rows}
ON CONFLICT ({group}, chunk) DO UPDATE
SET bits = set_bit({table}.bits, {bit}, excluded.members),
    members = {table}.members + excluded.members - get_bit({table}.bits, {bit})
WHERE get_bit({table}.bits, {bit}) <> excluded.members
"""
LEAVE = """
UPDATE {table} SET bits = bitxor(bitor(bits, %s), %s), members = bit_count(bitxor(bitor(bits, %s), %s))
WHERE {group} = %s AND chunk = %s
"""
UNITE = """
INSERT INTO {table} ({group}, chunk, bits, members) VALUES {rows}
ON CONFLICT ({group}, chunk) DO UPDATE
SET bits = bitor({table}.bits, excluded.bits), members = bit_count(bitor({table}.bits, excluded.bits))
"""


def admit(customer: Customer) -> None:
    """Give a new customer a place, in the crowd of the level."""
    place = Place.objects.create(customer=customer)
    if customer.status != Customer.Status.ERASED:
        _mark(LevelCrowd, "level", place.pk, {customer.level_id: True})


def dismiss(customer: Customer) -> None:
    """Take a customer who is erased out of every crowd. The caller holds the row."""
    segments = customer.memberships.values_list("segment", flat=True)
    mark(customer.pk, levels={customer.level_id: False}, segments=dict.fromkeys(segments, False))


def mark(
    customer_id: UUID, *, levels: Mapping[UUID, bool] | None = None, segments: Mapping[UUID, bool] | None = None
) -> None:
    """Put a customer into the crowds that are told True and take them out of the others.

    The caller holds the customer's row, so that nobody else sets these bits, and has written the tables.
    """
    place, _ = Place.objects.get_or_create(customer_id=customer_id)  # who was loaded past the services has none yet
    _mark(LevelCrowd, "level", place.pk, levels or {})
    _mark(SegmentCrowd, "segment", place.pk, segments or {})


def join(segment_id: UUID, customer_ids: Iterable[UUID]) -> None:
    """Put many customers into a segment's crowd. The caller holds their rows; none was erased."""
    places = _places(customer_ids)
    rows = [
        (prepared(SegmentCrowd, "segment", segment_id), chunk, prepared(SegmentCrowd, "bits", bits), bits.count("1"))
        for chunk, bits in chunks_of(places)
    ]
    _write(UNITE, SegmentCrowd, "segment", "(%s, %s, %s, %s)", rows)


def leave(segment_id: UUID, customer_ids: Iterable[UUID]) -> None:
    """Take many customers out of a segment's crowd. The caller holds their rows."""
    names = {"table": SegmentCrowd._meta.db_table, "group": SegmentCrowd._meta.get_field("segment").column}
    for chunk, bits in chunks_of(_places(customer_ids)):
        gone = prepared(SegmentCrowd, "bits", bits)
        execute(LEAVE.format(**names), [gone] * 4 + [prepared(SegmentCrowd, "segment", segment_id), chunk])


def _mark(crowd: type[Crowd], group: str, place: int, groups: Mapping[UUID, bool]) -> None:
    chunk, bit = divmod(place, CHUNK)
    row = f"(%s, {chunk}, set_bit({NO_BITS}, {bit}, %s), %s)"
    rows = [(prepared(crowd, group, key), int(groups[key]), int(groups[key])) for key in sorted(groups)]
    _write(MARK, crowd, group, row, rows, bit=bit)


def _write(
    statement: str, crowd: type[Crowd], group: str, row: str, rows: list[tuple[Any, ...]], **numbers: int
) -> None:
    if rows:
        names = {"table": crowd._meta.db_table, "group": crowd._meta.get_field(group).column}
        sql = statement.format(rows=", ".join([row] * len(rows)), **names, **numbers)
        execute(sql, [value for values in rows for value in values])


def _places(customer_ids: Iterable[UUID]) -> list[int]:
    found: list[int] = []
    waiting = iter(customer_ids)
    while batch := set(islice(waiting, BATCH)):
        places = dict(Place.objects.filter(customer__in=batch).values_list("customer", "pk"))
        given = Place.objects.bulk_create(Place(customer_id=key) for key in sorted(batch - places.keys()))
        found += [*places.values(), *(place.pk for place in given)]
    return found
