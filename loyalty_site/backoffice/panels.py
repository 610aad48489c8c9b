"""What apps show on pages that are not theirs: the start page and the customer's page.

Settings name the functions that make them, so that no page imports the apps above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.forms import Media
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.reach import may_follow


@dataclass(frozen=True)
class Link:
    """A button of a panel. The first of a panel is its main one."""

    text: str
    url: str
    icon: str = ""  # a name of Material Symbols


@dataclass(frozen=True)
class Choice:
    """One of several ways to see what a panel shows."""

    text: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class Figure:
    """A number that matters, and where to see what it counts."""

    label: str
    value: int | str
    url: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        return grouped(self.value) if isinstance(self.value, int) else self.value


@dataclass(frozen=True)
class Panel:
    """A titled box of figures, of a table, or of both; or of what an app has drawn itself."""

    title: str
    figures: Sequence[Figure] = ()
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    empty: str = ""
    links: Sequence[Link] = field(default_factory=tuple)
    search: Link | None = None  # a search box: its hint, and the list that it searches
    drawn: SafeString | str = ""
    note: str = ""  # what to know about the figures: of which moment they are, or that some are missing
    is_urgent: bool = False  # on the start page: before all others
    is_tally: bool = False  # the table is of few short numbers: they stand below each other, and fit on a phone
    is_wide: bool = False  # on the start page: over both columns, its drawing beside its table
    is_across: bool = False  # on a page of many panels: over both columns
    anchor: str = ""  # by which links reach it; a page of many panels lists those that have one
    choices: Sequence[Choice] = ()
    more: Link | None = None  # to what comes after the rows
    media: Media = field(default_factory=Media)  # scripts and styles that what is drawn wants


def made(names: Sequence[str], *facts: Any) -> list[Panel]:
    """The panels that these functions make of the facts: one each, several, or none that the reader may see."""
    return [panel for name in names for panel in _listed(import_string(name)(*facts))]


def _listed(found: Panel | Sequence[Panel] | None) -> Sequence[Panel]:
    return [found] if isinstance(found, Panel) else found or []


def within_reach(shown: Sequence[Panel]) -> list[Panel]:
    """The panels without links that the reader may not follow."""
    return [
        replace(
            panel,
            figures=[figure if may_follow(figure.url) else replace(figure, url="") for figure in panel.figures],
            links=[link for link in panel.links if may_follow(link.url)],
            search=panel.search if panel.search and may_follow(panel.search.url) else None,
        )
        for panel in shown
    ]
