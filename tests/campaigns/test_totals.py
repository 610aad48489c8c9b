"""Purchases by day and campaign: the totals tie with the purchases, whenever and however often they are counted."""

from datetime import date, timedelta

import pytest

from campaigns import services
from campaigns.models import Purchase, PurchaseDay, PurchaseTotal
from campaigns.totals.asking import sold_in
from campaigns.totals.counting import BY_DAY
from campaigns.using import mark_used
from campaigns.verify import findings
from loyalty_site.days import day_of
from loyalty_site.findings import Finding
from loyalty_site.outages import retried
from tests.builders import AT, STAFF, buy, campaign, customer, later
from tests.bursts import burst
from tests.walls import plant

pytestmark = pytest.mark.django_db

FIGURES = ("bought", "points", "used", "refunded")


def count(at) -> None:
    day = BY_DAY.first_unsettled(at=at)
    while day <= day_of(at):
        BY_DAY.count(day, at=at)
        day += timedelta(days=1)


def counted() -> dict[tuple[str, str], tuple]:
    lines = PurchaseTotal.objects.values_list("day", "campaign__name", *FIGURES)
    return {(str(day), name): tuple(figures) for day, name, *figures in lines}


def use(who, reward, code, used=True, at=AT) -> None:
    mark_used(reward.pk, who.pk, code, used, actor=STAFF, at=at)


@pytest.fixture
def sold():
    """Two coffees and a tea on Monday; a coffee was used and the tea refunded on Tuesday."""
    anna, coffee, tea = customer(100), campaign(name="Coffee"), campaign(name="Tea")
    code = buy(coffee, anna)
    buy(coffee, anna)
    buy(tea, anna, at=later(hours=1))
    use(anna, coffee, code, at=later(1))
    refunded = Purchase.objects.get(campaign=tea)
    services.refund(refunded.pk, actor=STAFF, at=later(1, hours=1), reason="cold")
    return anna, coffee, code


def test_each_day_is_counted_by_campaign(sold):
    count(later(2))

    assert counted() == {
        ("2026-03-02", "Coffee"): (2, 20, 0, 0),
        ("2026-03-02", "Tea"): (1, 10, 0, 0),
        ("2026-03-03", "Coffee"): (0, 0, 1, 0),
        ("2026-03-03", "Tea"): (0, 0, 0, 1),
    }


def test_what_is_marked_as_not_used_any_more_is_counted_no_more(sold):
    anna, coffee, code = sold
    count(later(25))
    use(anna, coffee, code, used=False, at=later(26))
    count(later(26))

    assert ("2026-03-03", "Coffee") not in counted()


def test_a_day_is_settled_when_it_is_shown_no_more(sold):
    count(later(32))

    assert list(PurchaseDay.objects.filter(settled=True).values_list("day", flat=True)) == [date(2026, 3, 2)]
    assert BY_DAY.first_unsettled(at=later(32)) == date(2026, 3, 3)


def test_the_proof_finds_a_settled_day_that_does_not_tie(sold):
    count(later(32))
    assert list(findings()) == []
    plant("UPDATE campaigns_purchasetotal SET bought = bought + 1 WHERE bought = 2")

    assert list(findings()) == [Finding("a settled day's totals are those of the purchases", "day 20260302", 2, 3)]


@pytest.mark.parametrize("days", [0, 1, 2])
def test_what_was_sold_is_told_whether_a_day_is_counted_or_not(sold, days):
    """Nothing was counted on a day of sales, or that day alone, or both of them."""
    count(later(days - 1, hours=14))
    found = sold_in(30, at=later(2))

    assert [found.sum_of(figure, 30) for figure in FIGURES] == [3, 30, 1, 1]
    assert [found.sum_of(figure, 2) for figure in FIGURES] == [0, 0, 1, 1]
    assert [figures["bought"] for _, figures in found.best(5)] == [2, 1]
    assert len(found.best(1)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_count_that_stops_half_way_through_a_day_leaves_that_day_as_it_was(sold, monkeypatch):
    count(later(2))
    before = counted()

    def stop(day):
        raise MemoryError

    monkeypatch.setattr("campaigns.totals.counting.totals_on", stop)
    with pytest.raises(MemoryError):
        BY_DAY.count_all(at=later(40))

    assert counted() == before
    assert not PurchaseDay.objects.filter(settled=True).exists()


@pytest.mark.django_db(transaction=True)
def test_who_counts_all_days_at_once_with_others_counts_each_once(sold):
    counts = burst([lambda: retried(lambda: BY_DAY.count_all(at=later(2)))] * 4)

    assert counts == [3] * 4
    assert len(counted()) == 4
