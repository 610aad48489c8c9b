"""What every test stands on; the choice of the database is in `tests/databases.py`."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import wraps

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.conformance import checked

# The same examples in every run, and no complaint about a machine that is busy with something else.
settings.register_profile("tests", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")

pytest.register_assert_rewrite("tests.books")


def pytest_collection_finish() -> None:
    """What is loaded by now stays; to look for garbage among it again and again takes a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


AT = datetime(2026, 3, 2, 12, tzinfo=UTC)  # as in tests/builders.py, which cannot be imported before Django is set up


@pytest.fixture(autouse=True, scope="session")
def flush_empties_tables_that_only_grow() -> Iterator[None]:
    """After a test with `transaction=True` Django empties every table, which the append-only triggers refuse.

    Their switch is lifted in the flush's own transaction, so no test ever sees it lifted.
    """
    with pytest.MonkeyPatch.context() as patch:
        operations = type(connection.ops)
        patch.setattr(operations, "sql_flush", with_switch_lifted(operations.sql_flush))
        yield


@pytest.fixture(autouse=True, scope="session")
def answers_are_those_described() -> Iterator[None]:
    """Whatever a test asks of the API, the description must know the answer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", checked(Client.request))
        yield


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edge reads the clock; in this test it is always the builders' AT."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def with_switch_lifted(sql_flush: Callable[..., list[str]]) -> Callable[..., list[str]]:
    @wraps(sql_flush)
    def statements(self, style, tables, *, reset_sequences=False, **options):
        lift, lower = "INSERT INTO append_only_switch VALUES (1)", "DELETE FROM append_only_switch"
        if reset_sequences:
            return [lift, *sql_flush(self, style, tables, reset_sequences=True, **options), lower]
        # Django would TRUNCATE on PostgreSQL, which takes ten times as long for tables of a few rows.
        return [lift, *(f"DELETE FROM {self.quote_name(table)}" for table in tables), lower]

    return statements
