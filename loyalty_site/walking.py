"""Reading a long table from end to end."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

STEP = 2_000  # rows


def latest_first(rows: QuerySet, moment: str, *, step: int = STEP) -> Iterator[list[Any]]:
    """All rows in lists of `step`, the latest first by that column, which never changes and has an index.

    Rows are objects, or named tuples of columns among which are that one and `pk`.

    Each list is asked for on its own, from the last row on: between two of them neither a transaction nor a cursor is
    held open for whoever reads slowly. What is added later than the first row is not seen.
    """
    ordered = rows.order_by(f"-{moment}", "-pk")
    found = list(ordered[:step])
    while found:
        yield found
        if len(found) < step:
            return
        last = getattr(found[-1], moment)
        same_moment_before = Q(**{moment: last, "pk__gte": found[-1].pk})
        found = list(ordered.filter(~same_moment_before, **{f"{moment}__lte": last})[:step])
