"""One account, many movements at once."""

from datetime import timedelta

import pytest
from django.db import transaction

from points import services
from points.errors import NotCorrectable, NotEnoughPoints
from points.models import Account, Transfer
from tests.builders import TODAY, balance, buckets, customer, earn, later, note, spend
from tests.bursts import burst
from tests.stops import Stop

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(results: list, kind: type[Exception]) -> list[dict]:
    return [result.facts for result in results if isinstance(result, kind)]


def chain(who) -> list[tuple[int, int, int]]:
    rows = Transfer.objects.filter(account=who.pk).order_by("sequence")
    return list(rows.values_list("sequence", "points", "balance_after"))


def assert_ties(who) -> None:
    """The account is what its ledger and its buckets say, and the ledger has no gap."""
    account, after = Account.objects.get(pk=who.pk), 0
    for number, (sequence, points, balance_after) in enumerate(chain(who), start=1):
        after += points
        assert (sequence, balance_after) == (number, after)
    assert account.balance == after == sum(account.buckets.values_list("points", flat=True))
    assert account.sequence == len(chain(who))


def test_the_last_points_are_spent_once():
    who = customer(points=10)

    results = burst([lambda: spend(who, 10)] * 16, refusals=NotEnoughPoints)

    assert refusals(results, NotEnoughPoints) == [{"balance": 0, "needed": 10}] * 15
    assert (balance(who), buckets(who)) == (0, {})
    assert chain(who) == [(1, 10, 10), (2, -10, 0)]


def test_as_many_spend_as_there_are_points_for():
    who = customer()
    for valid in range(1, 6):
        earn(who, 7, valid=valid)

    results = burst([lambda: spend(who, 3)] * 16, refusals=NotEnoughPoints)

    assert refusals(results, NotEnoughPoints) == [{"balance": 2, "needed": 3}] * 5
    assert buckets(who) == {5: 2}
    assert_ties(who)


def test_a_new_customers_first_points_all_arrive():
    who = customer()

    burst([lambda points=points: earn(who, points) for points in range(1, 17)])

    assert (balance(who), buckets(who)) == (136, {10: 136})
    assert_ties(who)


def test_additions_and_spendings_at_once_lose_nothing():
    who = customer(points=100)

    burst([lambda: earn(who, 5, valid=3), lambda: spend(who, 4)] * 12)

    assert balance(who) == 112
    assert_ties(who)


def test_due_points_expire_once_and_pay_for_nothing():
    who = customer(points=20, valid=9)
    earn(who, 50, valid=1)
    night = [lambda: services.expire(at=later(2))] * 4
    spendings = [lambda: spend(who, 6, at=later(2))] * 8

    results = burst([*night, *spendings], refusals=NotEnoughPoints)

    assert refusals(results, NotEnoughPoints) == [{"balance": 2, "needed": 6}] * 5
    assert sum(result for result in results[:4]) in {0, 50}
    assert list(Transfer.objects.filter(kind="expire").values_list("points", flat=True)) == [-50]
    assert (balance(who), buckets(who)) == (2, {9: 2})
    assert_ties(who)


def test_two_nights_at_once_expire_each_point_once(monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 3)
    due = [customer(points=n, valid=1) for n in range(1, 11)]

    assert sum(burst([lambda: services.expire(at=later(2))] * 4)) == 55

    assert [chain(who) for who in due] == [[(1, n, n), (2, -n, 0)] for n in range(1, 11)]


def test_an_addition_is_cancelled_once_while_it_is_being_spent():
    who = customer()
    mistake = earn(who, 100)

    def cancel():
        return services.cancel(mistake.pk, at=later(), note=note())

    results = burst([cancel, lambda: spend(who, 30), cancel, lambda: spend(who, 30)], (NotCorrectable, NotEnoughPoints))

    taken_back = Transfer.objects.get(kind="cancel")
    assert refusals(results, NotCorrectable) == [{"kind": "earn", "corrected": True}]
    assert taken_back.points + 100 == 30 * sum(isinstance(result, Transfer) for result in results[1::2])
    assert balance(who) == 0
    assert_ties(who)


def test_a_spending_is_given_back_once():
    who = customer(points=10)
    spending = spend(who, 10)

    def reverse():
        return services.reverse(spending.pk, at=later(), note=note())

    results = burst([reverse] * 8, refusals=NotCorrectable)

    assert refusals(results, NotCorrectable) == [{"kind": "spend", "corrected": True}] * 7
    assert (balance(who), buckets(who)) == (10, {10: 10})
    assert_ties(who)


def test_many_accounts_at_once_do_not_wait_for_each_other_for_ever():
    """The night takes all accounts, in the order of their ids; each movement takes one."""
    everybody = [customer(points=10, valid=1) for _ in range(8)]
    for who in everybody:
        earn(who, 10, valid=9)

    nights = [lambda: services.expire(at=later(2))] * 4
    burst([*nights, *(lambda who=who: spend(who, 5, at=later(2)) for who in everybody)])

    assert [balance(who) for who in everybody] == [5] * 8
    for who in everybody:
        assert_ties(who)


@pytest.mark.postgresql_only
class TestWhoeverWaited:
    """A movement that waited for its account decides by what it finds then."""

    def test_spends_what_came_while_it_waited(self):
        who, stop = customer(points=10), Stop()

        @transaction.atomic
        def earning() -> Transfer:
            return stop.after(earn)(who, 90)

        burst([earning, stop.meanwhile(lambda: spend(who, 100))])

        assert balance(who) == 0

    def test_does_not_spend_what_went_while_it_waited(self):
        who, stop = customer(points=100), Stop()

        @transaction.atomic
        def spending() -> Transfer:
            return stop.after(spend)(who, 90)

        _, refusal = burst([spending, stop.meanwhile(lambda: spend(who, 50))], refusals=NotEnoughPoints)

        assert refusal.facts == {"balance": 10, "needed": 50}
        assert_ties(who)

    def test_spends_what_an_undone_movement_did_not_take(self):
        who, stop = customer(points=100), Stop()

        def undone() -> None:
            with transaction.atomic():
                stop.after(spend)(who, 90)
                transaction.set_rollback(True)

        burst([undone, stop.meanwhile(lambda: spend(who, 50))])

        assert chain(who) == [(1, 100, 100), (2, -50, 50)]

    def test_sees_what_expired_while_it_waited(self):
        who, stop = customer(points=20, valid=9), Stop()
        earn(who, 50, valid=1)

        @transaction.atomic
        def night() -> int:
            return stop.after(services.expire)(at=later(2))

        burst([night, stop.meanwhile(lambda: spend(who, 15, at=later(2)))])

        assert buckets(who) == {9: 5}
        assert_ties(who)

    def test_adds_to_a_bucket_that_came_while_it_waited(self):
        who, stop = customer(), Stop()

        @transaction.atomic
        def first() -> Transfer:
            return stop.after(earn)(who, 1)

        burst([first, stop.meanwhile(lambda: earn(who, 2))])

        assert buckets(who) == {10: 3}
        assert_ties(who)

    def test_does_not_pay_with_points_that_were_past_their_day_when_they_came(self):
        who, stop = customer(points=60), Stop()

        @transaction.atomic
        def spend_and_earn_too_late() -> Transfer:
            spend(who, 55)
            return stop.after(earn)(who, 100, valid=-1)

        _, refusal = burst([spend_and_earn_too_late, stop.meanwhile(lambda: spend(who, 50))], refusals=NotEnoughPoints)

        assert refusal.facts == {"balance": 5, "needed": 50}
        assert (balance(who), buckets(who)) == (105, {-1: 100, 10: 5})

    def test_leaves_points_alone_that_were_past_their_day_when_they_came(self):
        who, stop = customer(points=20), Stop()

        @transaction.atomic
        def earn_too_late() -> Transfer:
            return stop.after(earn)(who, 100, valid=-1)

        burst([earn_too_late, stop.meanwhile(lambda: spend(who, 15))])

        assert (balance(who), buckets(who)) == (105, {-1: 100, 10: 5})

    def test_may_earn_when_the_one_before_was_given_back(self):
        who = customer(points=10)
        spending, stop = spend(who, 10), Stop()

        @transaction.atomic
        def back() -> Transfer:
            return stop.after(services.reverse)(spending.pk, at=later(), note=note())

        burst([back, stop.meanwhile(lambda: earn(who, 5, valid=1))])

        assert buckets(who) == {1: 5, 10: 10}
        assert Account.objects.get(pk=who.pk).buckets.get(expires_on=TODAY + timedelta(days=1)).points == 5
        assert_ties(who)
