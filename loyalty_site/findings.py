"""What a look at the books finds wrong: each check is one query for the rows that break it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from loyalty_site.database import fetch_all, on_postgresql, uuid_of


@dataclass(frozen=True)
class Finding:
    """One row that breaks a check."""

    check: str
    subject: str
    expected: object
    found: object


@dataclass(frozen=True)
class Check:
    """A rule that holds at every moment, and the query for what breaks it: an id, what is expected, what is found.

    The query reads only, and reads sets: it must not be asked row by row.
    """

    rule: str
    subject: str  # what the id is of
    query: str
    on_sqlite: str | None = None  # where it must be written differently

    def findings(self) -> Iterator[Finding]:
        query = self.on_sqlite if self.on_sqlite and not on_postgresql() else self.query
        for key, expected, found in fetch_all(query, []):
            yield Finding(self.rule, f"{self.subject} {_id(key)}", _whole(expected), _whole(found))


def run(checks: Iterable[Check]) -> Iterator[Finding]:
    for check in checks:
        yield from check.findings()


def _id(key: UUID | str | int) -> UUID | int:
    return key if isinstance(key, int) else uuid_of(key)


def _whole(value: object) -> object:
    """PostgreSQL sums whole numbers to a Decimal."""
    return int(value) if isinstance(value, Decimal) else value
