"""The movements as people know them, and the states in which corrections and expiries are told."""

import pytest

from points import services
from points.history import State, corrected_among, in_states, movements, state_of
from points.models import Account
from tests.builders import customer, earn, later, note, spend

pytestmark = pytest.mark.django_db


def states(at) -> list[tuple[str, int, str]]:
    return [(row.kind, row.value, verdict(row, at)) for row in movements().order_by("account", "sequence")]


def verdict(row, at) -> str:
    return state_of(row, at, corrected=row.pk in corrected_among([row])).value


def history(days: int = 0) -> list[tuple[str, int, str]]:
    return states(later(days))


def test_an_addition_is_active_to_the_end_of_its_last_day():
    customer(points=10, valid=3)
    assert [history(days) for days in (0, 3)] == [[("earn", 10, "active")]] * 2
    assert history(4) == [("earn", 10, "expired")]


def test_also_when_all_of_it_is_spent():
    spend(customer(points=10, valid=3), 10)
    assert history() == [("earn", 10, "active"), ("spend", 10, "active")]
    assert history(4) == [("earn", 10, "expired"), ("spend", 10, "active")]


def test_an_expiry_is_no_row_of_its_own():
    customer(points=10, valid=1)
    assert services.expire(at=later(2)) == 10
    assert history(2) == [("earn", 10, "expired")]


def test_nor_is_a_cancellation():
    who = customer()
    mistake = earn(who, 10, valid=3)
    spend(who, 4)
    services.cancel(mistake.pk, at=later(), note=note())
    assert history() == history(9) == [("earn", 10, "canceled"), ("spend", 4, "active")]


def test_nor_is_what_was_given_back():
    who = customer(points=10)
    services.reverse(spend(who, 4).pk, at=later(), note=note())
    assert history() == [("earn", 10, "active"), ("spend", 4, "canceled")]


def test_what_staff_took_is_a_spending():
    services.deduct(customer(points=10).pk, 3, at=later(), note=note())
    assert history() == [("earn", 10, "active"), ("deduct", 3, "active")]


def test_the_active_spendings_are_what_was_spent():
    who = customer(points=100)
    services.reverse(spend(who, 10).pk, at=later(), note=note())
    spend(who, 7)
    services.deduct(who.pk, 3, at=later(), note=note())
    spent = sum(value for kind, value, state in history() if (kind, state) != ("earn", "active") and state == "active")
    assert spent == Account.objects.get().spent == 10


@pytest.mark.parametrize("days", [0, 3, 4])
def test_the_condition_says_the_same_as_the_verdict(days):
    who = customer(points=10, valid=3)
    services.cancel(earn(who, 5, valid=2).pk, at=later(), note=note())
    services.cancel(earn(who, 5, valid=9).pk, at=later(), note=note())
    services.reverse(spend(who, 4).pk, at=later(), note=note())
    spend(who, 1)
    earn(who, 5, valid=20)
    at, every = later(days), list(movements())
    for chosen in ([], [State.ACTIVE], [State.EXPIRED], [State.CANCELED], [State.EXPIRED, State.CANCELED], list(State)):
        expected = {row.pk for row in every if verdict(row, at) in chosen}
        assert {row.pk for row in movements().filter(in_states(chosen, at))} == expected
    assert len(every) == 6
