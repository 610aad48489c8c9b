"""Searches for somebody who is erased, by which the rows of an act on many were chosen."""

from datetime import datetime

from loyalty_site.access.actors import Actor
from loyalty_site.bulk.models import BulkChange
from loyalty_site.privacy import Erasure, Person, naming

AT_REST = [BulkChange.State.DONE, BulkChange.State.UNDONE]  # its rows are chosen, and kept by their keys


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    BulkChange.objects.filter(naming("query", person.in_addresses), state__in=AT_REST).update(query="")


ERASURE = Erasure(erase)
