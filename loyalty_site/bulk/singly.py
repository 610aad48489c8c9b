"""Acts that do one row after the other, each through a service of its own; a refusal leaves that row as it was."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction

from loyalty_site.bulk.actions import GONE, RESTORED, TOUCHED, Deed, Done, Stay
from loyalty_site.bulk.since import changed_since
from loyalty_site.errors import DomainError

Outcome = TypeVar("Outcome")


def each(keys: Sequence[str], work: Callable[[str], Deed]) -> Mapping[str, Deed]:
    """What became of each, in the order of their keys, in which all such acts lock them."""
    return {key: _tried(lambda key=key: work(key), Deed(why=GONE)) for key in sorted(keys)}


def take_back(
    done: Sequence[Done],
    *,
    hold: Callable[[str], Any],
    is_as_left: Callable[[Any, Done], bool],
    restore: Callable[[Any, Done], Any],
    kind: str,
    touching: Collection[str],
    batch: str,
    column: str = "",
) -> Mapping[str, Stay]:
    """Restore each row that is as the act left it and that nobody has changed meanwhile and back again.

    `hold` locks a row until the end of the transaction, and raises a DomainError where it is gone.
    """
    held: dict[str, Any] = {}
    stays: dict[str, Stay] = {}
    for one in sorted(done, key=lambda one: one.key):
        try:
            held[one.key] = hold(one.key)
        except DomainError:
            stays[one.key] = Stay(GONE)
    since = changed_since(kind, [one for one in done if one.key in held], touching, batch=batch, column=column)
    for one in sorted(done, key=lambda one: one.key):
        if one.key not in held:
            continue
        if one.key in since or not is_as_left(held[one.key], one):
            stays[one.key] = Stay(TOUCHED, since.get(one.key, ""))
        else:
            stays[one.key] = _tried(lambda one=one: _restored(restore, held[one.key], one), Stay(GONE))
    return stays


def _restored(restore: Callable[[Any, Done], Any], row: Any, one: Done) -> Stay:
    restore(row, one)
    return RESTORED


def _tried(work: Callable[[], Outcome], refused: Outcome) -> Outcome:
    try:
        with transaction.atomic():
            return work()
    except DomainError:
        return refused
