"""The ledger's totals by day: they tie with it, whenever and however often they are counted."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from loyalty_site import daily
from loyalty_site.access.actors import SYSTEM
from loyalty_site.days import day_of
from loyalty_site.findings import Finding
from loyalty_site.jobs.services import enqueue
from points.models import LedgerDay, LedgerTotal, Transfer
from points.totals.asking import INCOMING, moved_in
from points.totals.counting import BY_DAY, COUNT
from points.verify import findings
from tests.builders import AT, customer, earn, later, spend
from tests.jobs import work_off

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


def counted() -> list[tuple]:
    lines = LedgerTotal.objects.order_by("day", "kind").values_list("day", "kind", "channel", "points", "movements")
    return [(str(day), *line) for day, *line in lines]


def count(at) -> None:
    day = BY_DAY.first_unsettled(at=at)
    while day <= day_of(at):
        BY_DAY.count(day, at=at)
        day += timedelta(days=1)


@pytest.fixture
def anna():
    """Earned 100 and 20 on Monday, spent 30 on Tuesday."""
    who = customer(100)
    earn(who, 20)
    spend(who, 30, at=later(1))
    return who


def test_each_day_is_counted_by_kind_and_channel(anna):
    count(later(1))

    (channel,) = set(Transfer.objects.values_list("channel", flat=True))
    assert counted() == [("2026-03-02", "earn", channel, 120, 2), ("2026-03-03", "spend", channel, -30, 1)]


def test_a_day_ends_at_midnight_in_the_programmes_time_zone():
    who = customer()
    earn(who, 5, at=AT.replace(hour=22, minute=59))  # 23:59 in Warsaw
    earn(who, 7, at=AT.replace(hour=23))
    count(later(1))

    assert [(day, points) for day, _, _, points, _ in counted()] == [("2026-03-02", 5), ("2026-03-03", 7)]


def test_counting_again_changes_nothing(anna):
    count(later(1))
    before = counted()
    count(later(1, minutes=1))

    assert counted() == before


def test_a_movement_that_is_committed_late_is_counted_the_next_time(anna):
    count(later(1))
    earn(anna, 9, at=AT)
    count(later(1, hours=1))

    assert counted()[0][3:] == (129, 3)


def test_a_day_is_settled_when_it_has_been_over_for_a_day_and_is_not_counted_again(anna):
    count(later(3))
    settled = {str(day): is_settled for day, is_settled in LedgerDay.objects.values_list("day", "settled")}
    earn(anna, 9, at=AT)
    count(later(3, hours=1))

    assert settled == {"2026-03-02": True, "2026-03-03": True, "2026-03-04": False, "2026-03-05": False}
    assert counted()[0][3:] == (120, 2)


def test_the_proof_finds_a_settled_day_that_does_not_tie_until_it_is_counted_anew(anna):
    count(later(3))
    assert list(findings()) == []
    earn(anna, 9, at=AT)

    assert list(findings()) == [Finding("a settled day's totals are those of the ledger", "day 20260302", 129, 120)]
    call_command("recount_days")
    assert list(findings()) == []


def test_a_day_that_is_not_settled_may_lag_behind(anna):
    count(later(1))
    earn(anna, 9, at=AT)

    assert list(findings()) == []


def test_the_job_counts_from_the_first_movement_on_in_steps(anna, monkeypatch):
    monkeypatch.setattr(daily, "CHUNK", 2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(4))
    job = enqueue(COUNT, {}, title="Count", actor=SYSTEM, at=later(4))
    work_off()
    job.refresh_from_db()

    assert (job.state, job.done, job.total, job.outcome) == ("done", 5, 5, {"Days counted": 5})
    assert LedgerDay.objects.count() == 5
    assert [line[0] for line in counted()] == ["2026-03-02", "2026-03-03"]


def test_an_empty_ledger_has_nothing_to_count():
    assert BY_DAY.first_unsettled(at=AT) == MONDAY


@pytest.mark.parametrize("hours", [1, 11, 12, 13, 24, 36, 48])
def test_what_moved_is_the_ledgers_whether_a_day_is_counted_or_not(anna, hours):
    """Counted up to some moment, and asked of 12 hours later: midnight lies between, or does not."""
    count(later(2))
    count(later(2, hours=hours))
    earn(anna, 11, at=later(2, hours=hours + 1))
    moved = moved_in(7, at=later(2, hours=hours + 12))

    assert moved.span.complete
    assert (moved.points(), moved.points(kinds=INCOMING), moved.points(kinds=("spend",))) == (161, 131, 30)


def test_what_moved_on_each_day(anna):
    moved = moved_in(30, at=later(1))

    assert moved.by_day("earn") == {MONDAY: 120}
    assert moved.by_day("spend") == {date(2026, 3, 3): -30}
    assert (moved.points(days=1), moved.points(days=2)) == (30, 150)


def test_days_that_nobody_has_counted_are_known_to_be_missing(anna):
    moved = moved_in(30, at=later(9))

    assert not moved.span.complete
    assert str(moved.span.live_from) == "2026-03-09"
    assert moved.points() == 0


def test_what_began_lately_has_no_days_missing():
    customer(5)
    assert not moved_in(30, at=AT).span.complete
    count(AT)

    assert moved_in(30, at=AT).span.complete
    assert moved_in(30, at=later(1)).points() == 5
