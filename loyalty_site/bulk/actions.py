"""The acts on many rows that there are. Apps describe theirs; the setting BULK_ACTIONS names the descriptions."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from loyalty_site.access.actors import Actor
from loyalty_site.backoffice.numbers import grouped

GONE, SAME, TOUCHED = "gone", "same", "touched"  # reasons that any act may have to leave a row as it is


@dataclass(frozen=True, kw_only=True)
class Order:
    """Who wants it, when, why, and with what: `data` is what the act's form asked for, as JSON."""

    actor: Actor
    at: datetime
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Deed:
    """What became of one row. `why` names what left it as it was; empty: it was changed, from `before` to `after`.

    Both are JSON, and hold no more than undoing needs: no names, no codes.
    """

    before: Any = None
    after: Any = None
    why: str = ""


@dataclass(frozen=True)
class Done:
    """A row that an act changed, as its undoing finds it."""

    key: str
    before: Any
    after: Any
    at: datetime


@dataclass(frozen=True)
class Stay:
    """What became of one row's undoing: `why` names what kept it as it is, `who` changed it since; empty: restored."""

    why: str = ""
    who: str = ""


RESTORED = Stay()


@dataclass(frozen=True)
class Tally:
    """How many rows would be changed, and how many not, by why; with the names of some that would not."""

    changed: int
    left: Mapping[str, int]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.changed + sum(self.left.values())


def tally(counted: Mapping[str, int], names: Mapping[str, Sequence[str]] | None = None) -> Tally:
    """From how many rows each reason to leave them has; the empty one is those that would be changed."""
    found = Counter(counted)
    return Tally(found.pop("", 0), dict(+found), names or {})


def no_reach(rows: QuerySet, order: Order) -> Sequence[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Action:
    """An act on many rows of one list.

    `weigh(rows, order)` says what would become of these rows; `reach(rows, order)` says in sentences whom it meets.
    `act(keys, order)` does it to one piece of them, in a transaction, and tells what became of each; `undo(done, order,
    batch)` takes a piece back, in a transaction, but for rows that somebody has changed since: what stands in the audit
    trail under that `batch` is the act's own. Both go through services, in the order of what they lock.
    """

    name: str  # as "campaigns.publish"; rows keep it, so it stays
    model: str  # as "campaigns.campaign": the list is that of its admin
    permission: str
    title: str  # in the list's menu and on the button
    weigh: Callable[[QuerySet, Order], Tally]
    act: Callable[[Sequence[str], Order], Mapping[str, Deed]]
    undo: Callable[[Sequence[Done], Order, str], Mapping[str, Stay]]
    changes: Callable[[int], str]  # the sentence for so many rows that would be changed
    changed: Callable[[int], str]  # and for so many that were
    whys: Mapping[str, Callable[[int], str]] = field(default_factory=dict)  # and for so many left, by why
    reach: Callable[[QuerySet, Order], Sequence[str]] = no_reach
    form: type[forms.Form] = forms.Form  # what has to be known besides, such as a label
    told: Callable[[Mapping[str, Any]], str] = lambda data: ""  # what was chosen in the form, in words
    asks_why: bool = False
    dangerous: bool = False
    piece: int = 100  # rows that are done in one transaction: a second's work at most

    def why(self, code: str, count: int) -> str:
        """Why so many rows stay as they are, as a sentence."""
        return (self.whys.get(code) or WHYS.get(code, _left))(count) % {"n": grouped(count)}


def _left(n: int) -> str:
    return ngettext("%(n)s cannot be changed.", "%(n)s cannot be changed.", n)


def _gone(n: int) -> str:
    return ngettext("%(n)s is not there any more.", "%(n)s are not there any more.", n)


def _same(n: int) -> str:
    return ngettext("%(n)s is so already.", "%(n)s are so already.", n)


def _touched(n: int) -> str:
    return ngettext(
        "%(n)s was changed by somebody since, and stays as it is.",
        "%(n)s were changed by somebody since, and stay as they are.",
        n,
    )


WHYS: Mapping[str, Callable[[int], str]] = {GONE: _gone, SAME: _same, TOUCHED: _touched}


@cache
def actions() -> dict[str, Action]:
    """Every act by its name."""
    found = [import_string(path) for path in settings.BULK_ACTIONS]
    return {action.name: action for action in found}
