"""Pages of lists, as in Open Loyalty, "Reward Campaigns API", 'Get the collection of campaigns'."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from rest_framework.request import Request

from loyalty_site.api.parameters import parameters_of

PER_PAGE = 10
MOST_PER_PAGE = 1_000
LAST_PAGE = 1_000_000
INTEGER = re.compile("[+-]?[0-9]+")

Row = TypeVar("Row", bound=Model)


def page_of(
    queryset: QuerySet[Row], request: Request, *, sorts: Mapping[str, str], default: str
) -> tuple[list[Row], int]:
    """The rows of the page asked for, and how many there are on all pages.

    `sorts` maps the names that `sort` may have to ORM paths; `default` is the order without one of them, as
    `-created_at`. Every order ends with the id, so that pages never overlap.
    """
    start, stop = bounds_of(request)
    total = queryset.count()
    if start >= total:
        return [], total
    return list(queryset.order_by(*_order(parameters_of(request), sorts, default))[start:stop]), total


def bounds_of(request: Request) -> tuple[int, int]:
    """The ranks of the page asked for: its first row's, from 0, and the one behind its last."""
    asked = parameters_of(request)
    page, per_page = _page(asked.get("page")), _per_page(asked.get("perPage"))
    return (page - 1) * per_page, page * per_page


def _page(raw: Any) -> int:
    return min(max(_integer(raw), 1), LAST_PAGE)


def _per_page(raw: Any) -> int:
    """0 and junk mean the usual; negative means all rows, of which a page holds so many."""
    number = _integer(raw)
    return min(number, MOST_PER_PAGE) if number > 0 else MOST_PER_PAGE if number else PER_PAGE


def _integer(raw: Any) -> int:
    """0 for what is no whole number."""
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return 0
    text = str(raw).strip()
    return int(text[:18]) if INTEGER.fullmatch(text) else 0  # a longer one is past every bound anyway


def _order(asked: Mapping[str, Any], sorts: Mapping[str, str], default: str) -> list[OrderBy]:
    """`direction` is descending for any word but `asc`; it counts only beside a `sort` that there is."""
    sort, direction = asked.get("sort"), asked.get("direction", "asc")
    if isinstance(sort, str) and sort in sorts:
        path, descending = sorts[sort], str(direction).lower() != "asc"
    else:
        path, descending = default.removeprefix("-"), default.startswith("-")
    return [_by(name, descending) for name in (path, "pk")]


def _by(path: str, descending: bool) -> OrderBy:
    """As PostgreSQL's indexes lie, and alike on SQLite: what is unset counts as the largest."""
    return F(path).desc(nulls_first=True) if descending else F(path).asc(nulls_last=True)
