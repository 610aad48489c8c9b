"""A look at a batch before anything is given: how many, who not and why, and some of those who would get it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from customers.identifying import named_by
from customers.models import Customer
from offers.batch_models import GiftBatch
from offers.bulk.audience import everybody
from offers.bulk.giving import Fate, fated

AT_ONCE = 1_000  # texts or customers asked for in one statement
SAMPLES = 10


@dataclass
class Named:
    """What a list of texts comes to."""

    ids: dict[UUID, None] = field(default_factory=dict)  # in order, each once
    unknown: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)  # that fit several customers
    repeated: int = 0


def read(texts: Sequence[str]) -> Named:
    told = Named()
    for some in _parts(texts):
        named = named_by(some)
        for text in some:
            _sort_in(told, text, named.get(text, set()))
    return told


def of_group(batch: GiftBatch, at: datetime) -> dict[str, Any]:
    people = fated(everybody(batch), batch.offer, repeat=batch.repeat, at=at)
    counted = Counter(dict(people.values_list("fate").annotate(n=Count("pk"))))
    samples = people.filter(fate=Fate.GIVEN.name).values_list("pk", flat=True)[:SAMPLES]
    return _preview(counted, list(samples))


def of_list(batch: GiftBatch, named: Named, at: datetime) -> dict[str, Any]:
    counted: Counter[str] = Counter()
    samples: list[UUID] = []
    for some in _parts(list(named.ids)):
        people = fated(Customer.objects.filter(pk__in=some).order_by("pk"), batch.offer, repeat=batch.repeat, at=at)
        for customer_id, fate in people.values_list("pk", "fate"):
            counted[fate] += 1
            if fate == Fate.GIVEN.name and len(samples) < SAMPLES:
                samples.append(customer_id)
    return _preview(counted, samples) | {
        "unknown": len(named.unknown),
        "ambiguous": len(named.ambiguous),
        "repeated": named.repeated,
        "unknown_samples": [text[:100] for text in named.unknown[:SAMPLES]],
        "ambiguous_samples": [text[:100] for text in named.ambiguous[:SAMPLES]],
    }


def _preview(counted: Counter[str], samples: list[UUID]) -> dict[str, Any]:
    return {
        "customers": sum(counted.values()),
        "to_give": counted[Fate.GIVEN.name],
        "have_it": counted[Fate.HAS_IT.name],
        "blocked": counted[Fate.BLOCKED.name],
        "samples": [str(one) for one in samples],
    }


def _sort_in(told: Named, text: str, meant: set[UUID]) -> None:
    if not meant:
        told.unknown.append(text)
    elif len(meant) > 1:
        told.ambiguous.append(text)
    elif told.ids.keys() & meant:
        told.repeated += 1
    else:
        told.ids |= dict.fromkeys(meant)


def _parts(whole: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (whole[first : first + AT_ONCE] for first in range(0, len(whole), AT_ONCE))
