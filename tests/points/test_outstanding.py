"""Points outstanding: by last day and by age they come to the same, and to what customers can spend."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Sum

from loyalty_site.access.actors import SYSTEM
from loyalty_site.days import day_of
from loyalty_site.jobs.services import enqueue
from points import services
from points.corrections import left_of
from points.liability.asking import given_back_to, with_left
from points.liability.measuring import MEASURE, keep, measured
from points.models import Account, Bucket, Outstanding, Transfer
from tests.builders import AT, customer, earn, later, note, spend
from tests.jobs import work_off
from tests.lively import lively_world

pytestmark = pytest.mark.django_db

By = Outstanding.By


def found(by: str, at=AT) -> dict:
    """The points that are not 0, by the first day that is meant."""
    return {row.first and str(row.first): row.points for row in measured(at) if row.by == by and row.points}


def test_points_are_told_by_the_month_of_their_last_day():
    who = customer()
    for valid, points in ((0, 1), (29, 2), (30, 4), (59, 8), (365, 16), (396, 32), (4000, 64)):
        earn(who, points, valid=valid)

    assert found(By.EXPIRY) == {
        "2026-03-02": 3,
        "2026-04-01": 12,
        "2027-03-01": 16 + 32 + 64,
    }


def test_points_whose_day_has_passed_are_owed_no_more():
    earn(customer(), 5, valid=1)

    assert found(By.EXPIRY, later(1)) == {"2026-03-03": 5}
    assert found(By.EXPIRY, later(2)) == found(By.AGE, later(2)) == {}


@pytest.mark.parametrize(
    ("days", "first"),
    [
        *[(0, "2026-02-01"), (29, "2026-02-01"), (30, "2025-12-03"), (89, "2025-12-03"), (90, "2025-09-04")],
        *[(179, "2025-09-04"), (180, "2025-03-03"), (364, "2025-03-03"), (365, None), (4000, None)],
    ],
)
def test_points_are_told_by_the_age_of_their_addition(days, first):
    earn(customer(), 5, valid=90, at=later(-days))

    assert found(By.AGE) == {first: 5}


def test_of_points_that_expire_together_the_oldest_go_first():
    who = customer()
    earn(who, 30, valid=50, at=later(-200))
    earn(who, 40, valid=50, at=later(-100))
    earn(who, 5, valid=50)
    spend(who, 33)

    assert found(By.AGE) == {"2025-09-04": 37, "2026-02-01": 5}


def test_of_a_cancelled_addition_nothing_is_left():
    who = customer()
    earn(who, 30, valid=50, at=later(-200))
    services.cancel(earn(who, 40, valid=50).pk, at=AT, note=note())

    assert found(By.AGE) == {"2025-03-03": 30}


def test_points_given_back_to_their_bucket_are_as_old_as_before():
    who = customer()
    earn(who, 30, valid=50, at=later(-200))
    services.reverse(spend(who, 30, at=later(-100)).pk, at=AT, note=note())

    assert found(By.AGE) == {"2025-03-03": 30}
    assert found(By.GIVEN_BACK) == {}


def test_points_given_back_after_their_last_day_belong_to_no_addition():
    who = customer()
    earn(who, 30, valid=-50, at=later(-200))
    spending = spend(who, 20, at=later(-100))
    services.reverse(spending.pk, at=AT, note=note())

    assert found(By.AGE) == {}
    assert found(By.GIVEN_BACK) == {"2026-03-02": 20}


@pytest.mark.parametrize("days", [0, 3])
def test_both_ways_they_are_what_customers_can_spend(days):
    lively_world()
    at = Transfer.objects.latest("created_at").created_at + timedelta(days=days)
    sums = Counter()
    for row in measured(at):
        sums[row.by] += row.points
    spendable = sum(account.spendable for account in Account.objects.with_spendable(at))
    left = {row.pk: row.left for row in with_left(Transfer.objects.all(), at)}
    given_back = sum(row.given_back for row in given_back_to(Bucket.objects.filter(expires_on__gte=day_of(at))))

    assert sums[By.EXPIRY] == spendable > 0
    assert (sums[By.AGE], sums[By.GIVEN_BACK]) == (sum(left.values()), given_back)
    assert sums[By.AGE] + sums[By.GIVEN_BACK] == spendable


def test_what_is_left_of_each_addition_is_what_cancelling_would_take():
    lively_world()
    left = {row.pk: row.left for row in with_left(Transfer.objects.all(), AT)}
    additions = Transfer.objects.filter(kind="earn", corrections=None, expires_on__gte=AT.date())

    assert left == {one.pk: left_of(one) for one in additions if left_of(one)}
    assert left


def test_the_next_count_takes_the_place_of_the_last():
    who = customer(5)
    keep(measured(AT))
    spend(who, 2, at=later(1))
    keep(measured(later(1)))

    rows = Outstanding.objects.filter(by=By.EXPIRY)
    assert rows.aggregate(n=Sum("points"))["n"] == 3
    assert set(rows.values_list("taken_at", flat=True)) == {later(1)}


@pytest.mark.django_db(transaction=True)
def test_the_job_counts_in_a_snapshot(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    customer(5)
    job = enqueue(MEASURE, {}, title="Count", actor=SYSTEM, at=AT)
    work_off()
    job.refresh_from_db()

    assert (job.state, job.outcome) == ("done", {"Points outstanding": 5})
    assert Outstanding.objects.filter(by=By.EXPIRY, first=date(2026, 3, 2)).get().points == 5
    assert Bucket.objects.get().expires_on == AT.date() + timedelta(days=10)
