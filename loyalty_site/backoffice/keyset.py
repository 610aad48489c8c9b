"""Lists of any length, leafed through from row to row: nothing is counted, and no page costs more than the first.

The model's rows are in order of a moment that never changes, the latest first, and then of their numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from loyalty_site.backoffice.theme import ChangeList

OLDER, NEWER = "before", "after"  # parameters: the row at which the page before ended
DIGITS = 18  # what a bigint holds


@dataclass(frozen=True)
class Leaf:
    """One page of rows, and whether there are further ones on either side."""

    rows: list[Any]
    has_newer: bool
    has_older: bool


def leaf(rows: QuerySet, moment: str, size: int, cursor: Mapping[str, str]) -> Leaf:
    """The page on the older or the newer side of the row that the cursor names; the first for what names none."""
    side = OLDER if OLDER in cursor else NEWER
    edge = _row(rows.model, cursor.get(side, ""))
    if edge is None:
        found = list(rows.order_by(f"-{moment}", "-pk")[: size + 1])
        return Leaf(found[:size], has_newer=False, has_older=len(found) > size)
    at = getattr(edge, moment)
    if side == OLDER:
        beyond = rows.filter(~Q(**{moment: at, "pk__gte": edge.pk}), **{f"{moment}__lte": at})
        found = list(beyond.order_by(f"-{moment}", "-pk")[: size + 1])
        return Leaf(found[:size], has_newer=True, has_older=len(found) > size)
    beyond = rows.filter(~Q(**{moment: at, "pk__lte": edge.pk}), **{f"{moment}__gte": at})
    found = list(beyond.order_by(moment, "pk")[: size + 1])
    return Leaf(found[:size][::-1], has_newer=len(found) > size, has_older=True)


class LeafLinks:
    """What the list's footer shows; takes the place of Django's paginator."""

    template_name = "backoffice/keyset.html"

    def __init__(self, changes: "KeysetChangeList", shown: Leaf) -> None:
        first, last = (shown.rows[0].pk, shown.rows[-1].pk) if shown.rows else (None, None)
        self.newer = changes.get_query_string({NEWER: first}) if shown.has_newer and first else ""
        self.older = changes.get_query_string({OLDER: last}) if shown.has_older and last else ""


class KeysetChangeList(ChangeList):
    """Django's list of records, without its paginator."""

    moment = "at"

    def get_queryset(self, request: HttpRequest, *args: Any) -> QuerySet:
        self.cursor = {side: self.params.pop(side) for side in (OLDER, NEWER) if side in self.params}
        for side in self.cursor:
            del self.filter_params[side]  # else it would be taken for a column
        return super().get_queryset(request, *args)

    def get_results(self, request: HttpRequest) -> None:
        shown = leaf(self.queryset, self.moment, self.list_per_page, self.cursor)
        self.result_list = shown.rows
        self.result_count, self.full_result_count = len(shown.rows), None
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = self.multi_page = False
        self.paginator = LeafLinks(self, shown)


def _row(model: type[Model], number: str) -> Model | None:
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
        return None
    return model._default_manager.filter(pk=number).first()
