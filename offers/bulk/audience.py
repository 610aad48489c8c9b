"""Whom a batch means: a level's or a segment's crowd, in the order of registration, or a list of ids."""

from collections.abc import Iterator
from io import BufferedReader
from itertools import dropwhile, islice
from uuid import UUID

from customers.crowds.bits import CHUNK, places_in
from customers.crowds.models import LevelCrowd, Place, SegmentCrowd
from customers.models import Customer
from customers.questions import CustomerQuerySet
from offers.batch_models import GiftBatch

LINE = 37  # bytes of an id and the end of its line


def everybody(batch: GiftBatch) -> CustomerQuerySet:
    """The customers of its segment or level."""
    chosen = {"memberships__segment": batch.segment_id} if batch.segment_id else {"level": batch.level_id}
    return Customer.objects.filter(**chosen).exclude(status=Customer.Status.ERASED).order_by()


def of_crowd(batch: GiftBatch, after: int, most: int) -> tuple[list[UUID], int]:
    """The next ones after that place, and the place of the last; nobody at the end."""
    places = list(islice(_places(batch, after), most))
    if not places:
        return [], after
    found = Place.objects.filter(pk__in=places).values_list("customer", flat=True)
    return list(found), places[-1]


def of_list(lines: BufferedReader, most: int) -> list[UUID]:
    """The next ids of a job's file."""
    return [UUID(line.decode().strip()) for line in islice(lines, most)]


def _places(batch: GiftBatch, after: int) -> Iterator[int]:
    crowds = SegmentCrowd if batch.segment_id else LevelCrowd
    group = {"segment": batch.segment_id} if batch.segment_id else {"level": batch.level_id}
    chunks = crowds.objects.filter(**group, chunk__gte=max(after, 0) // CHUNK).order_by("chunk")
    for chunk, bits in chunks.values_list("chunk", "bits").iterator(chunk_size=4):
        yield from dropwhile(lambda place: place <= after, places_in(chunk, bits))
