"""The tests' own means of letting many callers in at once."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from loyalty_site.access.models import AttemptCounter
from loyalty_site.errors import DomainError
from tests.bursts import burst

AT = datetime(2026, 1, 1, tzinfo=UTC)


def refuse() -> None:
    raise DomainError(needed=1)


def test_results_come_in_the_order_of_the_calls():
    assert burst([lambda: "a", lambda: "b", lambda: "c"]) == ["a", "b", "c"]


def test_every_call_has_a_thread_of_its_own():
    assert len(set(burst([threading.get_ident] * 5))) == 5


def test_no_call_ends_before_all_have_begun():
    everybody = threading.Barrier(8)
    assert sorted(burst([lambda: everybody.wait(30)] * 8)) == list(range(8))


def test_what_a_thread_raises_is_raised():
    with pytest.raises(DomainError, match="needed=1"):
        burst([lambda: "a", refuse])


def test_an_expected_refusal_is_a_result():
    first, second = burst([lambda: "a", refuse], refusals=DomainError)
    assert (first, type(second)) == ("a", DomainError)


@pytest.mark.django_db(transaction=True)
def test_threads_see_each_others_commits_and_leave_no_connection_behind():
    def write() -> BaseDatabaseWrapper:
        AttemptCounter.objects.create(key=str(threading.get_ident()), count=1, window_ends_at=AT)
        return connections["default"]

    used = burst([write] * 5)

    assert AttemptCounter.objects.count() == 5
    assert len({id(connection) for connection in used}) == 5
    assert [connection.connection for connection in used] == [None] * 5
