"""What happened to somebody, over all apps: one list, the newest first, page by page.

Each app gives its newest rows before a moment, and the list merges them: a page costs a query or two for each source,
however much happened. Settings name the sources.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from loyalty_site.backoffice.filters import FIRST_YEAR, LAST_YEAR

LONGEST_CURSOR = 100


@dataclass(frozen=True)
class Happening:
    """One line: what happened, where that stands in full, what it says besides, and how many points moved."""

    text: str
    url: str = ""
    note: str = ""
    points: int | None = None


@dataclass(frozen=True)
class Source:
    """One app's rows of a kind. Several sources may share a kind, by which readers choose."""

    kind: str
    label: str | Promise
    permission: str  # who has it sees them
    rows: Callable[[Any], QuerySet]  # those of one subject, in no order
    moment: str  # the column that says when
    tell: Callable[[list[Any]], list[Happening]]  # in the order of the rows
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """A happening at its moment."""

    at: datetime
    source: Source
    told: Happening


@dataclass(frozen=True)
class Cursor:
    """The last line of a page: what comes after it is older, or of a later source or lower key at the same moment."""

    at: datetime
    rank: int  # the source's, in the order of the settings
    key: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for what no page has written."""
        rank, _, rest = text[:LONGEST_CURSOR].partition("~")
        key, _, moment = rest.partition("~")
        try:
            at = parse_datetime(moment)
        except ValueError:
            return None
        if at is None or at.tzinfo is None or not (rank.isascii() and rank.isdecimal()):
            return None
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            return None
        return cls(at, int(rank), key)

    def __str__(self) -> str:
        return f"{self.rank}~{self.key}~{self.at.isoformat()}"


def sources(names: Sequence[str], request: HttpRequest) -> list[Source]:
    """Those that the reader may see."""
    known = [import_string(name) for name in names]
    return [source for source in known if request.user.has_perm(source.permission)]


def page(known: Sequence[Source], subject: Any, kind: str, cursor: str, size: int) -> tuple[list[Line], str]:
    """The newest lines after the cursor, of one kind or of all, and the cursor to the next page: "" on the last."""
    after = Cursor.read(cursor)
    found: list[tuple[datetime, int, Model]] = []
    for rank, source in enumerate(known):
        if kind in ("", source.kind):
            rows = _older(source, source.rows(subject), rank, after)
            newest = rows.order_by(f"-{source.moment}", "-pk")[: size + 1]
            found += [(getattr(row, source.moment), rank, row) for row in newest]
    found.sort(key=lambda one: (one[0], -one[1]), reverse=True)
    shown = found[:size]
    rest = str(Cursor(shown[-1][0], shown[-1][1], str(shown[-1][2].pk))) if len(found) > size else ""
    return _told(known, shown), rest


def _older(source: Source, rows: QuerySet, rank: int, after: Cursor | None) -> QuerySet:
    if after is None:
        return rows
    at = source.moment
    if rank < after.rank:
        return rows.filter(**{f"{at}__lt": after.at})
    older = rows.filter(**{f"{at}__lte": after.at})
    if rank > after.rank:
        return older
    try:
        key = rows.model._meta.pk.to_python(after.key)
    except ValidationError:
        return older
    return older.filter(~Q(**{at: after.at, "pk__gte": key}))


def _told(known: Sequence[Source], shown: list[tuple[datetime, int, Model]]) -> list[Line]:
    """Each source tells its rows together, so that it may ask once for what belongs to all of them."""
    told: dict[tuple[int, Any], Happening] = {}
    for rank, source in enumerate(known):
        own = [row for _, found, row in shown if found == rank]
        if own:
            told |= {(rank, row.pk): happening for row, happening in zip(own, source.tell(own), strict=True)}
    return [Line(at, known[rank], told[rank, row.pk]) for at, rank, row in shown]
