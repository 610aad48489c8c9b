"""What a list is taken along as, and how its rows are walked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from loyalty_site.csv_rows import Row
from loyalty_site.walking import STEP, following

Edge = Sequence[Any]  # the last row's values of the columns that the rows are ordered by


@dataclass(frozen=True)
class Table:
    """A list as a table for spreadsheets."""

    name: str  # of its file and its jobs: "customers"
    model: str  # "customers.Customer": the list is that of its admin
    permission: str
    header: tuple[str, ...]
    lines: Callable[[QuerySet], QuerySet]  # objects or named tuples, in which `order` can be read
    row: Callable[[Any, AdminSite], Row]  # of one line
    order: tuple[str, str]  # two columns that never change and have an index: ("-created_at", "-pk")
    file_permission: str = ""  # that it needs besides

    def is_for(self, user: AbstractBaseUser) -> bool:
        return user.has_perm(self.permission) and (not self.file_permission or user.has_perm(self.file_permission))

    @property
    def file_name(self) -> str:
        return f"{self.name.replace(' ', '-')}.csv"

    def edge_of(self, line: Any) -> Edge:
        return [getattr(line, column.removeprefix("-")) for column in self.order]


def batches(table: Table, rows: QuerySet, site: AdminSite) -> Iterator[list[Row]]:
    """All rows, some at a time, none held open for whoever reads slowly."""
    lines = list(following(table.lines(rows), table.order, None, STEP))
    while lines:
        yield [table.row(line, site) for line in lines]
        more = len(lines) == STEP
        lines = list(following(table.lines(rows), table.order, table.edge_of(lines[-1]), STEP)) if more else []
