"""Reading a long table from end to end."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

STEP = 2_000  # rows


def following(rows: QuerySet, order: tuple[str, str], edge: Sequence[Any] | None, most: int) -> QuerySet:
    """The next rows in that order after the one with these values of its columns; the first where there is none yet.

    The columns, such as ("-created_at", "-pk"), never change, tell each row from every other, and have an index.
    """
    ordered = rows.order_by(*order)
    if edge is None:
        return ordered[:most]
    (first, beyond), (second, passed) = _bound(order[0]), _bound(order[1], passed=True)
    same_and_passed = Q(**{first: edge[0], f"{second}__{passed}": edge[1]})
    return ordered.filter(~same_and_passed, **{f"{first}__{beyond}": edge[0]})[:most]


def latest_first(rows: QuerySet, moment: str, *, step: int = STEP) -> Iterator[list[Any]]:
    """All rows in lists of `step`, the latest first by that column, which never changes and has an index.

    Rows are objects, or named tuples of columns among which are that one and `pk`.

    Each list is asked for on its own, from the last row on: between two of them neither a transaction nor a cursor is
    held open for whoever reads slowly. What is added later than the first row is not seen.
    """
    order = (f"-{moment}", "-pk")
    found = list(following(rows, order, None, step))
    while found:
        yield found
        if len(found) < step:
            return
        found = list(following(rows, order, [getattr(found[-1], moment), found[-1].pk], step))


def _bound(column: str, *, passed: bool = False) -> tuple[str, str]:
    """The column's name, and how values compare with the edge's that come after it, or that have been passed."""
    descends = column.startswith("-")
    return column.removeprefix("-"), "lte" if descends != passed else "gte"
