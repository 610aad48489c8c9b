"""Points whose last day has passed: expired before the next movement, subtracted from what is read until then."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from points import services
from points.errors import NotEnoughPoints
from points.models import Account, Transfer
from tests.books import books, refused
from tests.builders import balance, buckets, customer, earn, later, note, spend

pytestmark = pytest.mark.django_db


def spendable(who, days: int) -> int:
    return Account.objects.with_spendable(later(days)).get(pk=who.pk).spendable


def movements(who) -> list[tuple]:
    rows = Transfer.objects.filter(account=who.pk).order_by("sequence")
    return list(rows.values_list("sequence", "kind", "points", "balance_after"))


def test_points_that_are_past_their_day_are_not_shown_as_spendable():
    who = customer(points=10, valid=5)
    earn(who, 20, valid=1)
    earn(who, 30, valid=2)

    assert [spendable(who, days) for days in (0, 1, 2, 3, 5, 6)] == [60, 60, 40, 10, 10, 0]
    assert balance(who) == 60


def test_a_spent_bucket_is_not_subtracted_twice():
    who = customer(points=10, valid=1)
    spend(who, 10)
    assert spendable(who, 2) == 0


@pytest.mark.parametrize(
    ("move", "kind", "points"),
    [
        (lambda who: earn(who, 7, valid=20, at=later(3)), "earn", 7),
        (lambda who: spend(who, 7, at=later(3)), "spend", -7),
        (lambda who: services.deduct(who.pk, 7, at=later(3), note=note()), "deduct", -7),
    ],
)
def test_a_movement_expires_first(move, kind, points):
    who = customer(points=10, valid=9)
    earn(who, 5, valid=2)
    earn(who, 4, valid=1)

    move(who)

    assert movements(who) == [
        (1, "earn", 10, 10),
        (2, "earn", 5, 15),
        (3, "earn", 4, 19),
        (4, "expire", -9, 10),
        (5, kind, points, 10 + points),
    ]
    account = Account.objects.get(pk=who.pk)
    assert (account.expired, account.balance) == (9, 10 + points)


def test_points_past_their_day_do_not_pay():
    who = customer(points=10, valid=9)
    earn(who, 50, valid=1)
    with refused(NotEnoughPoints, balance=10, needed=11):
        spend(who, 11, at=later(2))


def test_the_ledger_row_of_an_expiry():
    who = customer(points=10, valid=9)
    earn(who, 5, valid=2)
    earn(who, 4, valid=1)

    assert services.expire(at=later(3)) == 9

    expired = Transfer.objects.values(
        "points", "buckets", "channel", "actor", "actor_label", "created_at", "comment", "corrects"
    ).get(kind="expire")
    assert expired == {
        "points": -9,
        "buckets": [{"expires_on": "2026-03-03", "points": -4}, {"expires_on": "2026-03-04", "points": -5}],
        "channel": "expiry",
        "actor": "system",
        "actor_label": "system",
        "created_at": later(3),
        "comment": "",
        "corrects": None,
    }
    assert buckets(who) == {9: 10}


def test_the_last_day_itself_is_not_past():
    who = customer(points=10, valid=2)
    assert services.expire(at=later(2)) == 0
    assert (balance(who), Transfer.objects.count()) == (10, 1)


def test_the_night_takes_every_account_with_due_points_and_no_other(monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 2)
    due = [customer(points=n, valid=1) for n in range(1, 6)]
    kept = customer(points=100, valid=9)
    without = customer()

    assert services.expire(at=later(2)) == 15

    assert [balance(who) for who in due] == [0] * 5
    assert balance(kept) == 100
    assert not Account.objects.filter(pk=without.pk).exists()
    assert Transfer.objects.filter(kind="expire").count() == 5


def test_a_second_run_changes_nothing():
    customer(points=10, valid=1)
    services.expire(at=later(2))
    before = books()

    assert services.expire(at=later(2)) == 0

    assert books() == before


def test_erased_and_blocked_customers_points_expire_too():
    gone, blocked = customer(points=3, valid=1), customer(points=4, valid=1, status="blocked")
    type(gone).objects.filter(pk=gone.pk).update(status="erased")

    assert services.expire(at=later(2)) == 7

    assert (balance(gone), balance(blocked)) == (0, 0)


def test_a_chunk_takes_statements_for_all_its_accounts_together():
    for _ in range(20):
        customer(points=10, valid=1)

    with CaptureQueriesContext(connection) as statements:
        services.expire(at=later(2))

    # which accounts; savepoint; lock, buckets, balances, ledger; release; which accounts are left
    assert len(statements) == 9, [query["sql"] for query in statements]


def test_points_that_come_back_to_a_day_can_expire_again():
    who = customer(points=10, valid=1)
    services.expire(at=later(2))
    earn(who, 4, valid=1)

    assert services.expire(at=later(2)) == 4

    assert [points for _, _, points, _ in movements(who)] == [10, -10, 4, -4]


def test_days_are_cut_by_the_programmes_zone(settings):
    settings.LOYALTY_TIME_ZONE = "Pacific/Auckland"  # AT is one in the morning of 3 March there
    services.earn(customer().pk, 5, at=later(), expires_on=date(2026, 3, 3), note=note())
    assert services.expire(at=later(hours=22, minutes=59)) == 0
    assert services.expire(at=later(hours=23)) == 5
