"""How many SQL statements a piece of work takes; those that begin and end transactions are not counted."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from loyalty_site.database import on_postgresql

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of the block, once it has ended."""
    seen: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield seen
    seen += [query["sql"] for query in captured if not query["sql"].startswith(NOT_COUNTED)]


def either(*, postgresql: int, sqlite: int) -> int:
    """SQLite takes some rows one by one that PostgreSQL takes together: it runs in the process."""
    return postgresql if on_postgresql() else sqlite
