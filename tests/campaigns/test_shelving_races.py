"""Codes go off sale and come back while they are sold, counted and added."""

from collections.abc import Callable

import pytest
from django.db import transaction

from campaigns import services, shelving
from campaigns.errors import NoCouponsLeft
from campaigns.models import Campaign, Coupon
from campaigns.stock import counting
from campaigns.verify import findings
from customers.models import Customer
from loyalty_site.outages import retried
from tests.builders import SHOP, buy, campaign, customer
from tests.bursts import burst, many
from tests.campaigns.pools import drained, left, shown

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[[], object]


@transaction.atomic
def buyers(size: int) -> list[Customer]:
    return [customer(points=10) for _ in range(size)]


def keys(reward: Campaign, codes: list[str]) -> list[int]:
    return list(reward.coupons.filter(code__in=codes).values_list("pk", flat=True))


def sales(reward: Campaign, number: int) -> list[Call]:
    return [lambda who=who: retried(lambda: buy(reward, who)) for who in buyers(number)]


def assert_true(reward: Campaign, sold: list[str]) -> None:
    """Each code was sold once, is withdrawn, or can be bought."""
    withdrawn = set(reward.coupons.exclude(voided_at=None).values_list("code", flat=True))
    assert len(set(sold)) == len(sold) == reward.purchases.count()
    assert not withdrawn & set(sold)
    assert list(findings()) == []
    free = set(Coupon.objects.free().filter(campaign=reward).values_list("code", flat=True))
    assert left(reward) == len(free)
    assert set(drained(reward, customer(points=10_000))) == free == set(shown(reward)) - set(sold)


def test_codes_that_come_back_while_the_last_are_sold_are_sold_too():
    reward = campaign(["A", "B", "C"], unlimited=True)
    gone = keys(reward, ["B", "C"])
    shelving.withdraw(reward.pk, gone, **SHOP)
    back = [lambda: retried(lambda: len(shelving.release(reward.pk, gone, **SHOP)))]
    *results, released = burst([*sales(reward, many(16)), *back], refusals=NoCouponsLeft)

    assert released == 2
    assert_true(reward, [result for result in results if isinstance(result, str)])


def test_a_code_is_released_once_by_many():
    reward = campaign(["A", "B"], unlimited=True)
    gone = keys(reward, ["A"])
    shelving.withdraw(reward.pk, gone, **SHOP)
    counts = burst([lambda: len(shelving.release(reward.pk, gone, **SHOP))] * 8)

    assert sorted(counts) == [0] * 7 + [1]
    assert_true(reward, [])


def test_a_code_that_is_bought_at_that_moment_is_sold_or_withdrawn_never_both():
    reward = campaign(["A"], unlimited=True)
    gone = keys(reward, ["A"])
    off = [lambda: retried(lambda: len(shelving.withdraw(reward.pk, gone, **SHOP)))]
    *results, withdrawn = burst([*sales(reward, many(16)), *off], refusals=NoCouponsLeft)
    sold = [result for result in results if isinstance(result, str)]

    assert len(sold) + withdrawn == 1
    assert_true(reward, sold)


def test_to_and_fro_with_additions_and_changes_of_the_whole_while_many_buy(monkeypatch):
    monkeypatch.setattr(counting, "SMALL_POOL", 10)
    codes = [f"C{n:02}" for n in range(40)]
    reward = campaign(codes, unlimited=True)
    first, second = keys(reward, codes[::3]), keys(reward, codes[1::3])
    shelving.withdraw(reward.pk, first, **SHOP)
    changes: list[Call] = [
        lambda: shelving.release(reward.pk, first, **SHOP),
        lambda: shelving.withdraw(reward.pk, second, **SHOP),
        lambda: shelving.release(reward.pk, second, **SHOP),
        lambda: services.add_codes(reward.pk, ["N1", "N2"], **SHOP),
        lambda: services.change_settings(reward.pk, {"cost_in_points": 10}, **SHOP),
    ]
    calls = [lambda change=change: retried(change) for change in changes]
    results = burst([*sales(reward, many(24)), *calls], refusals=NoCouponsLeft)

    assert_true(reward, [result for result in results[: -len(calls)] if isinstance(result, str)])
