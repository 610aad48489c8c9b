"""Which unit a buyer gets, and that every unit on sale is got by somebody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import stock
from campaigns.errors import StockBroken
from campaigns.models import Coupon, Purchase
from campaigns.stock import counting
from loyalty_site.database import fetch_all, on_postgresql
from tests.builders import AT, buy, campaign, customer
from tests.campaigns.pools import asked, drained, left, shown, slices

pytestmark = pytest.mark.django_db
FREE = {"unlimited": True, "cost_in_points": 0}


@pytest.fixture
def many_slices(monkeypatch):
    """Pools of more than three codes are cut into four slices."""
    monkeypatch.setattr(counting, "SMALL_POOL", 3)
    monkeypatch.setattr(counting, "MOST_SLICES", 4)


def test_codes_are_given_in_the_order_of_the_list():
    reward = campaign(["Z", "A", "M"], **FREE)
    assert drained(reward, customer()) == ["Z", "A", "M"]


def test_a_pool_of_a_thousand_codes_is_one_slice():
    reward = campaign([f"C{n}" for n in range(1_000)], **FREE)
    assert slices(reward) == [(0, 1_000, 0)]


def test_a_larger_pool_is_sixteen_slices_of_the_same_size():
    reward = campaign([f"C{n}" for n in range(1_600)], **FREE)
    assert slices(reward) == [(first, first + 100, 0) for first in range(0, 1_600, 100)]


def test_a_pool_that_sixteen_does_not_divide_loses_no_code():
    reward = campaign([f"C{n}" for n in range(1_001)], **FREE)
    assert len(slices(reward)) == 16
    assert left(reward) == 1_001


@pytest.mark.parametrize("size", [4, 5, 7, 9])
def test_every_code_of_many_slices_is_sold_once(many_slices, size):
    codes = [f"C{n}" for n in range(size)]
    reward = campaign(codes, **FREE)
    assert len(slices(reward)) == 4

    assert sorted(drained(reward, customer())) == codes

    assert left(reward) == 0
    assert slices(reward) == []


def test_a_buyer_gets_a_unit_from_the_first_slice_that_has_one(many_slices):
    reward = campaign(list("ABCDEFGH"), **FREE)
    reward.slices.filter(shard=0).update(stop=0)

    assert stock.take(reward).code == "C"


def test_withdrawn_codes_in_between_are_stepped_over():
    reward = campaign(list("ABCDEF"), **FREE)
    stock.void(reward, reward.coupons.filter(code__in=["A", "C", "D", "F"]), at=AT)

    assert slices(reward) == [(1, 5, 2)]
    assert left(reward) == 2
    assert drained(reward, customer()) == ["B", "E"]
    assert left(reward) == 0


def test_sold_codes_in_between_are_stepped_over_once_the_slices_are_cut_anew(many_slices):
    reward, who = campaign(list("ABCDEFGH"), **FREE), customer()
    reward.slices.filter(shard=0).update(next=2)
    assert [buy(reward, who) for _ in range(3)] == ["C", "D", "E"]
    reward.slices.filter(shard=0).update(next=0)

    stock.recount(reward)

    assert sorted(drained(reward, who)) == ["A", "B", "F", "G", "H"]


def test_a_hole_costs_its_buyer_three_statements_more_and_the_next_buyer_none():
    reward, who = campaign(list("ABCD"), **FREE), customer()
    stock.void(reward, reward.coupons.filter(code="B"), at=AT)
    buy(reward, who)

    with CaptureQueriesContext(connection) as over_the_hole:
        assert stock.take(reward).code == "C"
    with CaptureQueriesContext(connection) as after_it:
        assert stock.take(reward).code == "D"

    assert (len(over_the_hole), len(after_it)) == (4, 1 if on_postgresql() else 2)


def test_whether_a_coupon_is_sold_is_asked_once():
    """Asked again in the list of columns, PostgreSQL reads every purchase ever made to answer it."""
    assert str(Coupon.objects.free().query).count("EXISTS") == 1


@pytest.mark.parametrize("single_coupon", [False, True])
def test_no_statement_on_sqlite_reads_the_whole_pool(single_coupon):
    if on_postgresql():
        pytest.skip("with so few rows PostgreSQL reads them all")
    reward = campaign(list("ABCD"), single_coupon=single_coupon, **FREE)

    with CaptureQueriesContext(connection) as taking:
        stock.take(reward)

    plans = [fetch_all(f"EXPLAIN QUERY PLAN {query['sql']}", []) for query in taking]
    assert [line for plan in plans for *_, line in plan if line.startswith("SCAN")] == []


def test_everybody_gets_the_first_code_of_a_single_coupon_campaign_up_to_its_limit():
    reward = campaign(["A", "B"], single_coupon=True, limit=3, limit_per_customer=9, cost_in_points=0)

    assert drained(reward, customer()) == ["A", "A", "A"]

    assert [purchase.position for purchase in Purchase.objects.order_by("n")] == [-1, -2, -3]
    assert left(reward) == 0


def test_an_unlimited_single_coupon_never_runs_out():
    reward, who = campaign(["A", "B"], single_coupon=True, **FREE), customer()

    assert [buy(reward, who) for _ in range(20)] == ["A"] * 20

    assert left(reward) == 9_223_372_036_854_775_807
    assert stock.left_for_customer(asked(reward, who)) == 9_223_372_036_854_775_807


def test_a_single_coupon_that_was_withdrawn_is_not_given():
    reward, who = campaign(["A"], single_coupon=True, **FREE), customer()

    stock.void(reward, reward.coupons.all(), at=AT)

    assert (drained(reward, who), left(reward), shown(reward)) == ([], 0, [])


def test_a_slice_that_counts_wrong_is_a_fault_and_sells_nothing():
    reward = campaign(["A", "B"], **FREE)
    stock.void(reward, reward.coupons.filter(code="B"), at=AT)
    reward.slices.update(stop=2, holes=1)
    Coupon.objects.filter(campaign=reward).update(voided_at=AT)

    with pytest.raises(StockBroken):
        stock.take(reward)
