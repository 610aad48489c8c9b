"""What every app has to say of one customer, and how it forgets. The settings CUSTOMER_DATA and CUSTOMER_ERASURES name
the apps' own tables and functions, so that nobody has to know all of them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Protocol
from urllib.parse import quote_plus
from uuid import UUID

from django.apps import apps
from django.db.models import F, Q

from loyalty_site.access.actors import Actor

BATCH = 1_000  # rows asked for at once


@dataclass(frozen=True)
class Section:
    """A part of all that is held on a customer: rows of one model, all columns but those that are left out."""

    name: str
    model: str  # as "points.Transfer"
    of: Callable[[UUID], Mapping[str, Any]]  # the filter that finds the customer's rows
    without: frozenset[str] = frozenset()  # secrets, and what is other people's
    more: Mapping[str, str] = field(default_factory=dict)  # name → path: what a key alone would not tell

    def rows(self, customer_id: UUID) -> Iterator[Mapping[str, Any]]:
        model = apps.get_model(self.model)
        columns = [column.attname for column in model._meta.concrete_fields if column.name not in self.without]
        named = {name: F(path) for name, path in self.more.items()}
        found = model._default_manager.filter(**self.of(customer_id)).order_by("pk")
        return found.values(*columns, **named).iterator(chunk_size=BATCH)


def naming(column: str, texts: Iterable[str]) -> Q:
    """That one of these texts stands in the column, in any case."""
    return reduce(or_, (Q(**{f"{column}__icontains": text}) for text in sorted(texts)))


@dataclass(frozen=True)
class Person:
    """Whom to forget, and the texts that tell of nobody else: what stored answers and searches are found by."""

    id: UUID
    texts: tuple[str, ...]

    @property
    def as_json(self) -> set[str]:
        """The texts as they stand within JSON, whose letters are ASCII."""
        return {json.dumps(text)[1:-1] for text in self.texts}

    @property
    def in_addresses(self) -> set[str]:
        """The texts as they are, and as they stand in the address of a search."""
        return {*self.texts, *(quote_plus(text) for text in self.texts)}


class Erase(Protocol):
    def __call__(self, person: Person, *, actor: Actor, at: datetime) -> None: ...


@dataclass(frozen=True)
class Erasure:
    """How an app forgets a person, in the transaction of all of them, and what staff are told of it before."""

    erase: Erase
    foretold: Callable[[Person, datetime], list[str]] = lambda person, at: []
