"""A campaign is changed while somebody is in the middle of buying it: nothing is sold that is no longer there."""

from collections.abc import Callable
from types import ModuleType

import pytest

from campaigns import selling, stock
from campaigns.errors import LimitExceeded
from campaigns.models import Campaign, Purchase
from campaigns.services import change_settings, replace
from customers.models import Customer
from tests.books import refused
from tests.builders import SHOP, buy, campaign, customer, draft
from tests.bursts import burst
from tests.stops import Stop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql_only]


@pytest.fixture
def stop_after(monkeypatch):
    """From now on buyers stop behind that function."""

    def install(module: ModuleType, function: str) -> Stop:
        stop = Stop()
        monkeypatch.setattr(module, function, stop.after(getattr(module, function)))
        return stop

    return install


def buy_meanwhile(stop: Stop, reward: Campaign, who: Customer, change: Callable[[], object]) -> str:
    """The code that the buyer gets, who stood at the stop when the change began."""
    return burst([lambda: buy(reward, who), stop.meanwhile(change)])[0]


def settings(reward: Campaign, **new) -> Callable[[], object]:
    return lambda: change_settings(reward.pk, new, **SHOP)


def positions(reward: Campaign) -> dict[str, list[int]]:
    sold = {}
    for purchase in Purchase.objects.filter(campaign=reward).select_related("coupon"):
        sold.setdefault(purchase.coupon.code, []).append(purchase.position)
    return {code: sorted(places) for code, places in sold.items()}


def left(reward: Campaign) -> int:
    return stock.left(Campaign.objects.with_stock().get(pk=reward.pk))


def test_an_endless_campaign_that_becomes_limited_sells_no_more_than_its_limit(stop_after):
    reward, other = campaign(unlimited=True, single_coupon=True), customer(points=10)
    charged = stop_after(selling, "_charge")

    change = settings(reward, unlimited=False, limit=1, limit_per_customer=1)
    assert buy_meanwhile(charged, reward, customer(points=10), change) == "A"

    with refused(LimitExceeded, current=1, needed=1):
        buy(reward, other)


def test_an_endless_campaign_does_not_withdraw_a_code_that_is_being_sold(stop_after):
    reward = campaign(["A"], unlimited=True, single_coupon=True)
    taken = stop_after(stock, "take")

    put = draft(["B"], unlimited=True, single_coupon=True)
    code = buy_meanwhile(taken, reward, customer(points=10), lambda: replace(reward.pk, put, **SHOP))

    assert code == "A"
    assert list(reward.coupons.filter(voided_at=None).order_by("position").values_list("code", flat=True)) == ["B", "A"]


def test_the_buyer_gets_the_shared_code_once_the_codes_are_shared(stop_after):
    reward = campaign(["A", "B"])
    buy(reward, customer(points=10))
    charged = stop_after(selling, "_charge")

    assert buy_meanwhile(charged, reward, customer(points=10), settings(reward, single_coupon=True)) == "A"

    assert positions(reward) == {"A": [-1, 0]}
    assert left(reward) == 8


def test_the_buyer_gets_a_code_of_his_own_once_there_is_one_for_each(stop_after):
    reward = campaign(["A", "B", "C"], single_coupon=True)
    buy(reward, customer(points=10))
    charged = stop_after(selling, "_charge")

    assert buy_meanwhile(charged, reward, customer(points=10), settings(reward, single_coupon=False)) == "B"

    assert positions(reward) == {"A": [-1], "B": [1]}
    assert left(reward) == 1
