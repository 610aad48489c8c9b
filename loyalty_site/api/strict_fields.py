"""The kinds of value that partners' bodies have."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from loyalty_site.api.ids import uuid_in
from loyalty_site.api.strict import Field, Wrong
from loyalty_site.api.texts import is_storable, trimmed

LEAST, MOST = -(2**63), 2**63 - 1  # what a database's integer holds
WHOLE = re.compile("-?[0-9]{1,20}")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(9998, 12, 31)


class Integer(Field):
    """A whole number, sent as one: no `true`, no `1.0`, and no `"1"` unless `texts` are taken as well."""

    def __init__(self, least: int = LEAST, most: int = MOST, *, texts: bool = False, **options: bool) -> None:
        super().__init__(**options)
        self.least, self.most, self.texts = least, most, texts

    def read(self, raw: Any) -> int:
        if self.texts and isinstance(raw, str) and WHOLE.fullmatch(raw):
            raw = int(raw)
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise Wrong("must be a whole number")
        if not self.least <= raw <= self.most:
            raise Wrong(f"must be from {self.least} to {self.most}")
        return raw


class Text(Field):
    """A text of at most so many characters, kept as it was sent; one of spaces only where `blank` says so."""

    def __init__(self, max_length: int, *, blank: bool = False, **options: bool) -> None:
        super().__init__(**options)
        self.max_length, self.blank = max_length, blank

    def read(self, raw: Any) -> str:
        if not isinstance(raw, str):
            raise Wrong("must be a text")
        if len(raw) > self.max_length:
            raise Wrong(f"must have at most {self.max_length} characters")
        if not is_storable(raw):
            raise Wrong("must not hold NUL or lone surrogates")
        if not self.blank and not trimmed(raw):
            raise Wrong("must not be blank")
        return raw


class OneOf(Field):
    """One of a few texts; case counts."""

    def __init__(self, choices: Sequence[str], **options: bool) -> None:
        super().__init__(**options)
        self.choices = choices

    def read(self, raw: Any) -> str:
        if not isinstance(raw, str) or raw not in self.choices:
            raise Wrong(f"must be one of {', '.join(self.choices)}" if self.choices else "has no value that is allowed")
        return raw


class SomeOf(Field):
    """A list of any of a few texts; case counts."""

    def __init__(self, choices: Sequence[str], **options: bool) -> None:
        super().__init__(**options)
        self.choices = choices

    def read(self, raw: Any) -> list[str]:
        if not isinstance(raw, list) or not all(isinstance(item, str) and item in self.choices for item in raw):
            raise Wrong(f"must be a list of any of {', '.join(self.choices)}")
        return raw


class Uuid(Field):
    """A UUID of any version in its form of 8-4-4-4-12 digits, in either case."""

    def read(self, raw: Any) -> UUID:
        found = uuid_in(raw) if isinstance(raw, str) else None
        if found is None:
            raise Wrong("must be a UUID")
        return found


class Day(Field):
    """A day of the calendar, written `2024-05-21`; one that is a moment in every time zone and database."""

    def read(self, raw: Any) -> date:
        try:
            if isinstance(raw, str) and DAY.fullmatch(raw):
                day = date.fromisoformat(raw)
                if EARLIEST <= day <= LATEST:
                    return day
        except ValueError:  # no such day
            pass
        raise Wrong("must be a day such as 2024-05-21")
