"""What an account stood at, at any moment."""

from datetime import date, timedelta

import pytest

from points import services
from points.as_of import Movement, Standing, add_up, standing_at, standing_now
from points.days import day_of
from points.models import Account, Transfer
from points.services import expire
from tests.builders import TODAY, customer, earn, later, note, spend
from tests.lively import lively_world

DAY_1, DAY_2 = TODAY + timedelta(days=1), TODAY + timedelta(days=2)


def put(day: date, points: int) -> list[dict]:
    return [{"expires_on": day.isoformat(), "points": points}]


def moved(kind: str, points: int, day: date) -> Movement:
    return Movement(kind, points, put(day, points))


def test_nothing_is_an_account_without_movements():
    assert add_up([], TODAY) == Standing(0, 0, 0, [])


def test_points_can_be_spent_until_the_end_of_their_last_day():
    earned = [moved("earn", 30, DAY_1), moved("earn", 5, DAY_2)]

    assert add_up(earned, DAY_1) == Standing(35, 0, 0, [(DAY_1, 30), (DAY_2, 5)])
    assert add_up(earned, DAY_2) == Standing(35, 0, 30, [(DAY_2, 5)])
    assert add_up(earned, DAY_2).spendable == 5


def test_a_late_expiry_changes_nothing_of_what_had_lapsed():
    before = [moved("earn", 30, TODAY), moved("earn", 5, DAY_2)]

    assert add_up(before, DAY_1) == add_up([*before, moved("expire", -30, TODAY)], DAY_1)


def test_corrections_take_back_what_they_correct():
    told = [
        moved("earn", 30, DAY_1),
        moved("cancel", -10, DAY_1),
        moved("spend", -15, DAY_1),
        moved("deduct", -5, DAY_1),
        moved("reverse", 15, DAY_2),
    ]

    assert add_up(told, TODAY) == Standing(20, 5, 0, [(DAY_2, 15)])
    assert add_up(reversed(told), TODAY) == add_up(told, TODAY)


@pytest.mark.django_db
def test_each_moment_has_its_own_balance():
    who = customer()
    earn(who, 30, valid=1, at=later(-3))
    spending = spend(who, 12, at=later(-2))
    earn(who, 5, valid=4, at=later(1))
    services.reverse(spending.pk, at=later(3), note=note())
    expire(at=later(6))
    day, fresh = TODAY + timedelta(days=4), TODAY + timedelta(days=33)

    assert standing_at(who.pk, later(-4)) == Standing(0, 0, 0, [])
    assert standing_at(who.pk, later(-3)) == Standing(30, 0, 0, [(DAY_1, 30)])
    assert standing_at(who.pk, later(-2, seconds=-1)).spendable == 30
    assert standing_at(who.pk, later(-2)) == Standing(30, 12, 0, [(DAY_1, 18)])
    assert standing_at(who.pk, later(1)) == Standing(35, 12, 0, [(DAY_1, 18), (day, 5)])
    assert standing_at(who.pk, later(2)) == Standing(35, 12, 18, [(day, 5)])  # the movement came a day later
    assert standing_at(who.pk, later(3)) == Standing(35, 0, 18, [(day, 5), (fresh, 12)])
    assert standing_at(who.pk, later(5)) == Standing(35, 0, 23, [(fresh, 12)])
    assert standing_at(who.pk, later(90)) == Standing(35, 0, 35, [])


@pytest.mark.django_db
def test_the_present_is_what_all_movements_add_up_to():
    lively_world()
    accounts = list(Account.objects.values_list("pk", flat=True))
    assert len(accounts) == 6
    for account in accounts:
        for now in (later(7), later(9), later(60)):
            assert standing_at(account, now) == standing_now(account, now)


@pytest.mark.django_db
def test_every_movement_left_what_it_says():
    """Each row's `balance_after` is the balance at that movement, which expires what is due before it."""
    lively_world()
    told = list(Transfer.objects.order_by("account", "sequence"))
    assert len({transfer.kind for transfer in told}) == 6
    seen: dict = {}
    for transfer in told:
        row = Movement(transfer.kind, transfer.points, transfer.buckets)
        seen.setdefault(transfer.account_id, []).append(row)
        standing = add_up(seen[transfer.account_id], day_of(transfer.created_at))
        if transfer.kind != "expire":
            assert standing.spendable == transfer.balance_after == sum(points for _, points in standing.buckets)


@pytest.mark.django_db
def test_a_standing_takes_few_queries(django_assert_num_queries):
    who = customer(10)
    with django_assert_num_queries(1):
        standing_at(who.pk, later(1))
    with django_assert_num_queries(2):
        standing_now(who.pk, later(1))
