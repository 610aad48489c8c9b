"""Acts that give one column of each row another value, through a service."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Model, QuerySet

from loyalty_site.bulk.actions import GONE, SAME, Deed, Done, Order, Stay, Tally, tally
from loyalty_site.bulk.singly import each, take_back

OTHER = "other"  # it has a value that the act does not start from


@dataclass(frozen=True, kw_only=True)
class OneField:
    """How a column is changed. `hold` locks a row, and raises a DomainError where it is gone."""

    column: str
    hold: Callable[[str], Model]
    write: Callable[[Model, Any, Order], Any]  # through the service
    kind: str  # as the audit trail calls such rows
    touching: Collection[str]  # entries of the trail that may tell of the column
    gone: Collection[Any] = ()  # values of rows that `hold` does not find

    def weigh(self, starts: Collection[Any], target: Any) -> Callable[[QuerySet, Order], Tally]:
        return partial(self._weigh, starts, target)

    def act(self, starts: Collection[Any], target: Any) -> Callable[[Sequence[str], Order], Mapping[str, Deed]]:
        return partial(self._act, starts, target)

    def undo(self, done: Sequence[Done], order: Order, batch: str) -> Mapping[str, Stay]:
        return take_back(
            done,
            hold=self.hold,
            is_as_left=lambda row, one: getattr(row, self.column) == one.after[self.column],
            restore=lambda row, one: self.write(row, one.before[self.column], order),
            kind=self.kind,
            touching=self.touching,
            column=self.column,
            batch=batch,
        )

    def _weigh(self, starts: Collection[Any], target: Any, rows: QuerySet, order: Order) -> Tally:
        counted: Counter[str] = Counter()
        for value, number in rows.order_by().values_list(self.column).annotate(n=Count("pk")):
            counted[GONE if value in self.gone else _why(value, starts, target)] += number
        return tally(counted)

    def _act(self, starts: Collection[Any], target: Any, keys: Sequence[str], order: Order) -> Mapping[str, Deed]:
        def change(key: str) -> Deed:
            row = self.hold(key)
            before = getattr(row, self.column)
            if why := _why(before, starts, target):
                return Deed(why=why)
            self.write(row, target, order)
            return Deed({self.column: before}, {self.column: target})

        return each(keys, change)


def _why(value: Any, starts: Collection[Any], target: Any) -> str:
    if value == target:
        return SAME
    return "" if value in starts else OTHER
