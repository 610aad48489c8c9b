"""Writing events, in the statement of what they tell of.

A row is written only where somebody wants events of its kind: the statement itself looks, so a subscription misses
nothing that begins after it was saved, and an event that nobody wants costs no row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from loyalty_site.database import Statement, fetch_one, insert
from loyalty_site.outbox.kinds import EventKind
from loyalty_site.outbox.models import Event

WANTED = """
EXISTS (SELECT 1 FROM outbox_subscribedkind wanted JOIN outbox_subscription s ON s.id = wanted.subscription_id
        WHERE wanted.kind = %s AND s.active)
"""

_silent: ContextVar[bool] = ContextVar("silent", default=False)


def event(
    kind: EventKind,
    object_id: object = "",
    customer_id: UUID | None = None,
    *,
    at: datetime,
    data: Mapping[str, Any],
    codes: Mapping[str, Any] | None = None,
) -> Event:
    """An unsaved event. `data` must be JSON and hold ids, names and amounts: nothing of a person, no coupon codes.

    Those stand in `codes`, for subscriptions that get them.
    """
    return Event(
        kind=kind.name,
        object_id=str(object_id),
        customer_id=customer_id,
        data=dict(data),
        codes=dict(codes or {}),
        created_at=at,
    )


def told(happened: Event) -> list[Statement]:
    """The statement that writes the event where somebody wants it, for `execute_together`. None where all is silent."""
    return [] if _silent.get() else [insert(happened, only_where=condition_of(happened.kind))]


def condition_of(kind: str) -> Statement | None:
    """Under which condition an event of that kind is written; None: always."""
    if _silent.get():
        return "1 = 0", []
    return None if kind in settings.MAIL_EVENTS else (WANTED, [kind])


def tell_all(kind: EventKind, events: Callable[[], Sequence[Event]]) -> None:
    """Write many events of that kind, in the caller's transaction; they are made only where somebody wants them."""
    condition = condition_of(kind.name)
    if condition is None or fetch_one(f"SELECT 1 WHERE {condition[0]}", condition[1]) is not None:
        Event.objects.bulk_create(events())


@contextmanager
def silence() -> Iterator[None]:
    """While made-up history is loaded nobody is told of it."""
    before = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(before)
