"""Reading a crowd, and putting customers at places of a test's choice."""

from collections.abc import Mapping
from uuid import UUID

from customers.crowds.bits import places_in
from customers.crowds.models import Place
from customers.crowds.rebuilding import rebuild
from customers.models import Customer, Level, Segment


def crowd(group: Level | Segment) -> set[UUID]:
    """Who the bits of the group say is in it; each chunk counts its own."""
    found = set()
    for chunk in group.crowds.all():
        places = list(places_in(chunk.chunk, chunk.bits))
        assert chunk.members == len(places)
        found |= set(Place.objects.filter(pk__in=places).values_list("customer", flat=True))
    return found


def seat(places: Mapping[Customer, int]) -> None:
    """Give customers these places, as if others had registered in between."""
    Place.objects.filter(customer__in=places).delete()
    Place.objects.bulk_create(Place(pk=place, customer=who) for who, place in places.items())
    rebuild()
