"""Points come in, and go out again the soonest to expire first."""

import re
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.errors import CustomerMayNotSpend, CustomerNotFound
from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from loyalty_site.database import on_postgresql
from points import services
from points.errors import NotEnoughPoints
from points.models import Account, Bucket, Transfer
from tests.books import books, refused
from tests.builders import AT, STAFF, balance, buckets, customer, earn, later, note, spend

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=1)


def totals(who) -> dict[str, int]:
    return Account.objects.values("balance", "earned", "spent", "expired", "sequence").get(pk=who.pk)


def deduct(who, points: int) -> Transfer:
    return services.deduct(who.pk, points, at=AT, note=note())


def test_the_first_points_make_the_account():
    who = customer()

    earn(who, 100, valid=7)

    assert totals(who) == {"balance": 100, "earned": 100, "spent": 0, "expired": 0, "sequence": 1}
    assert buckets(who) == {7: 100}


def test_points_of_the_same_day_share_a_bucket():
    who = customer()
    earn(who, 100, valid=7)
    earn(who, 20, valid=7)
    earn(who, 3, valid=8)

    assert buckets(who) == {7: 120, 8: 3}
    assert totals(who) == {"balance": 123, "earned": 123, "spent": 0, "expired": 0, "sequence": 3}


@pytest.mark.parametrize(
    ("at", "valid_days", "last_day"),
    [
        (AT, 30, date(2026, 4, 1)),
        (AT, 0, date(2026, 3, 2)),
        (later(hours=10, minutes=59), 30, date(2026, 4, 1)),
        (later(hours=11), 30, date(2026, 4, 2)),  # midnight in Warsaw
        (AT, 10**9, date(3025, 7, 3)),
    ],
)
def test_points_without_a_day_of_their_own_get_that_of_the_programme(settings, at, valid_days, last_day):
    settings.POINTS_VALID_DAYS = valid_days

    services.earn(customer().pk, 5, at=at, note=note())

    assert Bucket.objects.get().expires_on == last_day


def test_the_ledger_row_of_an_addition():
    who = customer()

    facts = {"comment": "welcome", "reference": "R-1", "partner": "Partner"}
    returned = services.earn(who.pk, 100, at=AT, expires_on=date(2026, 3, 9), note=note(**facts))

    (stored,) = Transfer.objects.values()
    short_id = stored.pop("short_id")
    assert stored == {
        "id": returned.pk,
        "account_id": who.pk,
        "sequence": 1,
        "kind": "earn",
        "points": 100,
        "balance_after": 100,
        "buckets": [{"expires_on": "2026-03-09", "points": 100}],
        "corrects_id": None,
        "channel": "admin",
        "partner": "Partner",
        "reference": "R-1",
        "comment": "welcome",
        "actor": STAFF.key,
        "actor_label": "Maria Staff",
        "created_at": AT,
        "expires_on": date(2026, 3, 9),
    }
    assert short_id == returned.short_id
    assert re.fullmatch("[A-Z0-9]{16}", short_id)


def test_the_audit_entry_of_an_addition():
    returned = services.earn(customer().pk, 100, at=AT, note=note(comment="welcome"))

    entry = AuditEntry.objects.values("at", "actor", "actor_label", "action", "after", "before", "reason").get()
    assert entry == {
        "at": AT,
        "actor": STAFF.key,
        "actor_label": "Maria Staff",
        "action": "points earned",
        "after": {"points": 100, "balance": 100},
        "before": None,
        "reason": "welcome",
    }
    named = AuditEntry.objects.values_list("object_type", "object_id", "object_label").get()
    assert named == ("transfer", str(returned.pk), f"+100 {returned.short_id}")


@pytest.mark.parametrize("status", ["new", "active", "blocked"])
def test_a_customer_of_any_status_gets_points(status):
    assert balance(customer(points=5, status=status)) == 5


@pytest.mark.parametrize("who", [lambda: NOBODY, lambda: customer(status="erased").pk])
def test_points_for_nobody_are_refused(who):
    customer_id = who()
    with refused(CustomerNotFound, id=customer_id):
        services.earn(customer_id, 5, at=AT, note=note())


def test_an_erased_customer_who_had_points_gets_no_more():
    who = customer(points=5)
    Customer.objects.update(status="erased")
    with refused(CustomerNotFound, id=who.pk):
        earn(who, 5)


def test_spending_takes_the_soonest_first():
    who = customer()
    for valid, points in ((9, 30), (2, 10), (5, 20)):
        earn(who, points, valid=valid)

    movement = spend(who, 45)

    assert buckets(who) == {9: 15}
    assert (movement.kind, movement.points, movement.balance_after, movement.sequence) == ("spend", -45, 15, 4)
    assert movement.buckets == [
        {"expires_on": "2026-03-04", "points": -10},
        {"expires_on": "2026-03-07", "points": -20},
        {"expires_on": "2026-03-11", "points": -15},
    ]
    assert Transfer.objects.get(pk=movement.pk).buckets == movement.buckets
    assert totals(who) == {"balance": 15, "earned": 60, "spent": 45, "expired": 0, "sequence": 4}


def test_spending_within_one_bucket_leaves_the_others_alone():
    who = customer()
    earn(who, 30, valid=9)
    earn(who, 10, valid=2)

    assert spend(who, 4).buckets == [{"expires_on": "2026-03-04", "points": -4}]

    assert buckets(who) == {2: 6, 9: 30}


def test_spending_just_a_bucket_empties_it():
    who = customer()
    earn(who, 30, valid=9)
    earn(who, 10, valid=2)

    assert spend(who, 10).buckets == [{"expires_on": "2026-03-04", "points": -10}]

    assert buckets(who) == {9: 30}


def test_empty_buckets_are_passed_over():
    who = customer()
    earn(who, 10, valid=2)
    spend(who, 10)
    earn(who, 10, valid=5)

    assert spend(who, 10).buckets == [{"expires_on": "2026-03-07", "points": -10}]


def test_everything_can_be_spent():
    who = customer(points=10)
    spend(who, 10)
    assert (balance(who), buckets(who)) == (0, {})


def test_points_of_today_can_be_spent_until_midnight_in_the_programmes_zone():
    who = customer(points=10, valid=0)
    last_moment = later(hours=10, minutes=59)

    with refused(NotEnoughPoints, balance=0, needed=4):
        spend(who, 4, at=later(hours=11))
    spend(who, 4, at=last_moment)

    assert balance(who) == 6


def test_more_than_there_is_is_refused():
    who = customer(points=10)
    with refused(NotEnoughPoints, balance=10, needed=11):
        spend(who, 11)


def test_a_customer_without_an_account_has_nothing_to_spend():
    who = customer()
    with refused(NotEnoughPoints, balance=0, needed=1):
        spend(who, 1)


@pytest.mark.parametrize("status", ["new", "blocked"])
def test_only_an_active_customer_spends(status):
    who = customer(points=10, status=status)
    with refused(CustomerMayNotSpend, status=status):
        spend(who, 1)


def test_the_status_is_told_before_the_points():
    who = customer(points=10, status="blocked")
    with refused(CustomerMayNotSpend, status="blocked"):
        spend(who, 11)


@pytest.mark.parametrize("move", [services.spend, services.deduct])
def test_nobody_spends_nothing(move):
    with refused(CustomerNotFound, id=NOBODY):
        move(NOBODY, 1, at=AT, note=note())


@pytest.mark.parametrize("move", [services.spend, services.deduct])
def test_an_erased_customer_spends_nothing(move):
    who = customer(points=5)
    Customer.objects.update(status="erased")
    with refused(CustomerNotFound, id=who.pk):
        move(who.pk, 1, at=AT, note=note())


@pytest.mark.parametrize("status", ["new", "active", "blocked"])
def test_points_are_deducted_whatever_the_status(status):
    who = customer(points=10, status=status)

    movement = deduct(who, 4)

    assert (movement.kind, movement.points, balance(who)) == ("deduct", -4, 6)
    assert totals(who)["spent"] == 4
    assert AuditEntry.objects.filter(action="points deducted").count() == 1


def test_more_than_there_is_is_not_deducted():
    who = customer(points=10)
    with refused(NotEnoughPoints, balance=10, needed=11):
        deduct(who, 11)


def test_each_movement_follows_the_one_before():
    who = customer()
    earn(who, 50)
    spend(who, 20)
    deduct(who, 5)
    earn(who, 3)

    rows = Transfer.objects.order_by("sequence").values_list("sequence", "points", "balance_after")
    assert list(rows) == [(1, 50, 50), (2, -20, 30), (3, -5, 25), (4, 3, 28)]


def test_accounts_do_not_touch_each_other():
    who, other = customer(points=10), customer(points=10)
    before = [rows for rows in books()["Bucket"] if rows["account_id"] == other.pk]

    spend(who, 10)

    assert balance(other) == 10
    assert [rows for rows in books()["Bucket"] if rows["account_id"] == other.pk] == before


@pytest.mark.parametrize(
    ("move", "on_sqlite"),
    [
        (lambda who: earn(who, 5), 5),
        (lambda who: spend(who, 5), 5),
        (lambda who: spend(who, 25), 5),
        (lambda who: deduct(who, 5), 5),
    ],
    ids=["earn", "spend", "spend from many buckets", "deduct"],
)
def test_a_movement_takes_three_statements_on_postgresql(move, on_sqlite):
    who = customer(points=10)
    earn(who, 10, valid=3)
    earn(who, 10, valid=4)

    with CaptureQueriesContext(connection) as statements:
        move(who)

    assert len(statements) == (3 if on_postgresql() else on_sqlite), [query["sql"] for query in statements]


def test_due_points_cost_a_movement_six_statements_more():
    who = customer(points=10)
    earn(who, 10, valid=1)

    with CaptureQueriesContext(connection) as statements:
        spend(who, 5, at=later(2))

    assert len(statements) == (9 if on_postgresql() else 11), [query["sql"] for query in statements]
