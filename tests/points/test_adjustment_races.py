"""Two people at one request, and one person's adjustments at one moment."""

from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import transaction

from points.adjustments import deciding
from points.adjustments.errors import AlreadyDecided
from points.adjustments.models import Adjustment, StaffDay
from points.adjustments.moving import move
from points.models import Transfer
from tests.builders import AT, balance, customer, earn
from tests.bursts import burst
from tests.points.staff import adjust, approve, person, reason, take_back
from tests.stops import Stop

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(results: list) -> list[dict]:
    return [result.facts for result in results if isinstance(result, AlreadyDecided)]


def test_of_many_approvers_at_once_one_moves_the_points():
    who = customer()
    asked = adjust(who, 500, person())
    chiefs = [person(f"chief {n}") for n in range(8)]

    results = burst([lambda by=by: approve(asked, by) for by in chiefs], refusals=AlreadyDecided)

    assert refusals(results) == [{"state": "approved"}] * 7
    assert list(Transfer.objects.values_list("points", flat=True)) == [500]
    assert balance(who) == 500
    call_command("verify_ledger")


def test_two_who_looked_first_and_moved_then_would_move_twice():
    """What the lock on the request is for."""
    who = customer()
    asked = adjust(who, 500, person())
    chiefs, both_have_looked = [person(f"chief {n}") for n in range(2)], Barrier(2)

    def naively(by):
        found = Adjustment.objects.select_related("reason").get(pk=asked.pk)
        both_have_looked.wait(60)
        if found.is_open:
            move(found, actor=by, at=AT)

    burst([lambda by=by: naively(by) for by in chiefs])
    assert balance(who) == 1_000


def test_a_request_is_approved_or_withdrawn_but_not_both():
    maria, chief, who = person(), person("chief"), customer()
    for _ in range(4):
        asked, before = adjust(who, 500, maria), Transfer.objects.count()
        calls = [
            lambda asked=asked: approve(asked, chief),
            lambda asked=asked: deciding.withdraw(asked.pk, actor=maria, at=AT),
        ]
        results = burst(calls, refusals=AlreadyDecided)
        asked.refresh_from_db()
        assert refusals(results) == [{"state": asked.state}]
        assert Transfer.objects.count() - before == (asked.state == "approved")


def test_of_adjustments_at_the_days_limit_no_more_go_through_than_fit():
    maria, crowd = person(each=100, day=500), [customer() for _ in range(16)]
    given = reason()

    results = burst([lambda who=who: adjust(who, 60, maria) for who in crowd])

    states = sorted(result.state for result in results)
    assert states == ["done"] * 8 + ["waiting"] * 8
    assert (StaffDay.objects.get().points, given.code) == (480, "goodwill")
    assert sum(Transfer.objects.values_list("points", flat=True)) == 480
    call_command("verify_ledger")


def test_a_movement_is_taken_back_once():
    who = customer()
    addition, maria, bob = earn(who, 50), person(), person("bob")

    results = burst([lambda by=by: take_back(addition, by) for by in (maria, bob)] * 2, refusals=Exception)

    assert sum(isinstance(result, Adjustment) for result in results) == 1
    assert balance(who) == 0


@pytest.mark.postgresql_only
def test_an_approval_that_waited_for_a_withdrawal_moves_nothing():
    maria, chief, who, stop = person(), person("chief"), customer(), Stop()
    asked = adjust(who, 500, maria)

    @transaction.atomic
    def withdrawing():
        return stop.after(deciding.withdraw)(asked.pk, actor=maria, at=AT)

    results = burst([withdrawing, stop.meanwhile(lambda: approve(asked, chief))], refusals=AlreadyDecided)

    assert refusals(results) == [{"state": "withdrawn"}]
    assert not Transfer.objects.exists()


@pytest.mark.postgresql_only
def test_a_withdrawal_that_waited_for_an_approval_takes_nothing_back():
    maria, chief, who, stop = person(), person("chief"), customer(), Stop()
    asked = adjust(who, 500, maria)

    @transaction.atomic
    def approving():
        return stop.after(approve)(asked, chief)

    withdrawal = stop.meanwhile(lambda: deciding.withdraw(asked.pk, actor=maria, at=AT))
    results = burst([approving, withdrawal], refusals=AlreadyDecided)

    assert refusals(results) == [{"state": "approved"}]
    assert balance(who) == 500
