"""How many units are on sale: what codes, limits and purchases allow. Rule: Open Loyalty, `usageLeft`."""

import pytest

from campaigns import stock
from campaigns.errors import CustomerLimitExceeded, LimitExceeded
from campaigns.models import Campaign
from campaigns.services import change_settings, replace
from campaigns.stock import ENDLESS, counting
from customers.models import Customer
from tests.books import refused
from tests.builders import SHOP, buy, campaign, customer, draft
from tests.campaigns.pools import asked, drained, left, slices

pytestmark = pytest.mark.django_db
MANY = {"limit_per_customer": 99, "cost_in_points": 0}

SHARED = {"unlimited": False, "single_coupon": True, "limit": 3, **MANY}
KINDS = {
    "limited pool": {"unlimited": False, "single_coupon": False, "limit": 3, **MANY},
    "whole pool": {"unlimited": True, "single_coupon": False, **MANY},
    "shared code": SHARED,
    "endless code": {"unlimited": True, "single_coupon": True, **MANY},
}
# Once A of the codes A to D is sold: what is left, what the limit keeps back, and which codes come next.
ONCE_ONE_IS_SOLD = {
    "limited pool": (2, 1, ["B", "C"]),
    "whole pool": (3, 0, ["B", "C", "D"]),
    "shared code": (2, 0, ["A", "A"]),
    "endless code": (ENDLESS, 0, ["A"] * 5),
}


def change(reward: Campaign, **settings) -> None:
    change_settings(reward.pk, settings, **SHOP)


def withheld(reward: Campaign) -> int:
    return asked(reward).codes_withheld


def left_for(reward: Campaign, who: Customer) -> int:
    return stock.left_for_customer(asked(reward, who))


def test_the_limit_puts_as_many_codes_on_sale_as_it_says():
    reward = campaign(list("ABCDE"), limit=2, **MANY)

    assert (left(reward), withheld(reward)) == (2, 3)
    assert drained(reward, customer()) == ["A", "B"]


def test_fewer_codes_than_the_limit_are_all_on_sale():
    reward = campaign(["A", "B"], limit=10, **MANY)
    assert (left(reward), withheld(reward)) == (2, 0)


def test_a_raised_limit_puts_more_codes_on_sale():
    reward, who = campaign(list("ABCDE"), limit=2, **MANY), customer()
    assert drained(reward, who) == ["A", "B"]

    change(reward, limit=4)

    assert (left(reward), withheld(reward)) == (2, 1)
    assert drained(reward, who) == ["C", "D"]


def test_a_lowered_limit_takes_codes_off_sale():
    reward, who = campaign(list("ABCDE"), limit=5, **MANY), customer()
    buy(reward, who)

    change(reward, limit=3)

    assert (left(reward), withheld(reward)) == (2, 2)
    assert drained(reward, who) == ["B", "C"]


def test_a_limit_below_what_was_sold_leaves_nothing():
    reward, who = campaign(list("ABCDE"), limit=5, **MANY), customer()
    for _ in range(3):
        buy(reward, who)

    change(reward, limit=2)

    assert (left(reward), withheld(reward)) == (0, 2)
    with refused(LimitExceeded, current=3, needed=2):
        buy(reward, who)


def test_selling_needs_no_recount_of_what_is_withheld():
    reward, who = campaign(list("ABCDE"), limit=3, **MANY), customer()
    buy(reward, who)
    assert (left(reward), withheld(reward)) == (2, 2)


def test_a_customer_may_have_what_is_unused_up_to_the_own_limit():
    reward, who = campaign(list("ABCDE"), limit=2, limit_per_customer=4, cost_in_points=0), customer()
    assert left_for(reward, who) == 4

    buy(reward, who)

    assert left_for(reward, who) == 3
    assert left_for(reward, customer()) == 4


def test_a_customer_may_not_have_more_than_there_is():
    reward, who = campaign(["A", "B"], limit=10, limit_per_customer=5, cost_in_points=0), customer()
    buy(reward, customer())
    assert left_for(reward, who) == 1


def test_of_an_unlimited_pool_a_customer_may_have_all():
    reward, who = campaign(["A", "B"], unlimited=True, cost_in_points=0), customer()
    buy(reward, who)
    assert left_for(reward, who) == 1


def test_of_a_shared_code_a_customer_may_have_what_the_own_limit_leaves():
    reward, who = campaign(["A"], single_coupon=True, limit=2, limit_per_customer=3, cost_in_points=0), customer()
    buy(reward, who)
    assert left_for(reward, who) == 2


def test_the_limit_per_customer_holds_though_the_limit_leaves_more():
    reward, who = campaign(list("ABC"), limit=3, limit_per_customer=1, cost_in_points=0), customer()
    buy(reward, who)

    with refused(CustomerLimitExceeded, current=1, needed=1):
        buy(reward, who)

    assert buy(reward, customer()) == "B"


def test_the_limit_holds_over_many_slices(monkeypatch):
    monkeypatch.setattr(counting, "SMALL_POOL", 3)
    monkeypatch.setattr(counting, "MOST_SLICES", 4)
    reward = campaign([f"C{n}" for n in range(20)], limit=8, **MANY)

    assert (len(slices(reward)), left(reward), withheld(reward)) == (4, 8, 12)
    assert sorted(drained(reward, customer())) == [f"C{n}" for n in range(8)]


@pytest.mark.parametrize("by_replacing", [False, True])
@pytest.mark.parametrize("after", KINDS)
@pytest.mark.parametrize("before", KINDS)
def test_a_campaign_may_become_any_other_kind(before, after, by_replacing):
    codes, who = list("ABCD"), customer()
    reward = campaign(codes, **KINDS[before])
    assert buy(reward, who) == "A"

    if by_replacing:
        replace(reward.pk, draft(codes, **KINDS[after]), **SHOP)
    else:
        change(reward, **KINDS[after])

    units, kept_back, next_codes = ONCE_ONE_IS_SOLD[after]
    assert (left(reward), withheld(reward)) == (units, kept_back)
    assert [buy(reward, who) for _ in next_codes] == next_codes
    assert left(reward) == (ENDLESS if units == ENDLESS else 0)


def test_places_of_a_shared_code_are_never_used_twice():
    reward, who = campaign(["A"], **SHARED), customer()
    for settings in (SHARED, KINDS["endless code"], SHARED | {"limit": 9}, KINDS["endless code"]):
        change(reward, **settings)
        buy(reward, who)

    places = list(reward.purchases.values_list("position", flat=True))

    assert len(set(places)) == 4
    assert max(places) == -1
