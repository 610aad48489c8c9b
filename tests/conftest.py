"""What every test stands on; the choice of the database is in `tests/databases.py`."""

import gc
import importlib.util
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests.conformance import checked
from tests.emptying import emptying

# The same examples in every run, and no complaint about a machine that is busy with something else.
settings.register_profile("tests", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")

pytest.register_assert_rewrite("tests.books")

# What drives a browser is installed by `make e2e` only.
collect_ignore = [] if importlib.util.find_spec("playwright") else ["e2e"]


def pytest_configure() -> None:
    """While the tests are collected there is nothing but what stays."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is loaded by now stays; to look for garbage among it again and again takes a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    gc.enable()


AT = datetime(2026, 3, 2, 12, tzinfo=UTC)  # as in tests/builders.py, which cannot be imported before Django is set up


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """As pytest-django does it, but for the emptying."""
    with django_db_blocker.unblock():
        emptied = emptying()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
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
