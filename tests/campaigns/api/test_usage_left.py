"""`usageLeft` and `usageLeftForCustomer`, of all four kinds of campaign.

Rule: Open Loyalty, "Get available campaign for a customer": a code that is sold is used up for everybody, a single
coupon never.
"""

import pytest

from campaigns.services import change_settings, refund
from tests.builders import SHOP, STAFF, buy, campaign, customer, later, level
from tests.campaigns.api.documents import shown

pytestmark = pytest.mark.django_db

ENDLESS = 9_223_372_036_854_775_807
LIMITED, UNLIMITED = {}, {"unlimited": True, "limit": None, "limit_per_customer": None}
SINGLE = {"single_coupon": True}


def left(admin, reward, buyer):
    """What everybody, and what this customer, may still buy; None where the campaign is not in the customer's list."""
    _, listed = admin.get(f"/api/admin/customer/{buyer.pk}/campaign/available")
    own = [found["usageLeftForCustomer"] for found in listed["campaigns"] if found["campaignId"] == str(reward.pk)]
    for found in listed["campaigns"]:
        assert found["usageLeft"] == shown(admin, found["campaignId"])["usageLeft"]
    return shown(admin, reward.pk)["usageLeft"], own[0] if own else None


def sold(codes, by_us, by_others, **settings):
    """A campaign for the buyer's level, sold so many times."""
    buyer = customer(points=1_000)
    reward = campaign(codes, levels=[level().pk], **settings)
    for who, times in ((buyer, by_us), (customer(points=1_000), by_others)):
        for _ in range(times):
            buy(reward, who)
    return reward, buyer


KINDS = {
    # codes, bought by us, by others, settings: left, left for us
    "one code, limit 10": (["A"], 0, 0, {"limit": 10, "limit_per_customer": 2}, (1, 1)),
    "two codes, limit 10": (["A", "B"], 0, 0, {"limit": 10, "limit_per_customer": 1}, (2, 1)),
    "the only code sold": (["A"], 0, 1, {"limit": 10}, (0, None)),
    "fewer codes than the limit": (["A", "B", "C"], 0, 1, {"limit": 10, "limit_per_customer": 5}, (2, 2)),
    "a limit below the codes": (["A", "B", "C", "D"], 0, 0, {"limit": 2, "limit_per_customer": 5}, (2, 4)),
    "a limit below the codes, one sold": (["A", "B", "C", "D"], 0, 1, {"limit": 2, "limit_per_customer": 5}, (1, 3)),
    "the limit reached": (["A", "B", "C"], 0, 2, {"limit": 2}, (0, None)),
    "own limit half used": (["A", "B", "C"], 1, 0, {"limit": 10, "limit_per_customer": 2}, (2, 1)),
    "own limit reached": (["A", "B", "C"], 2, 0, {"limit": 10, "limit_per_customer": 2}, (1, None)),
    "unlimited": (["A", "B", "C"], 1, 1, UNLIMITED, (1, 1)),
    "unlimited, sold out": (["A"], 0, 1, UNLIMITED, (0, None)),
    "single": (["A"], 0, 0, SINGLE | {"limit": 10, "limit_per_customer": 3}, (10, 3)),
    "single, sold some": (["A"], 1, 2, SINGLE | {"limit": 10, "limit_per_customer": 3}, (7, 2)),
    "single, limit reached": (["A"], 0, 2, SINGLE | {"limit": 2}, (0, None)),
    "single, own limit reached": (["A"], 2, 0, SINGLE | {"limit": 10, "limit_per_customer": 2}, (8, None)),
    "single, own limit above the limit": (["A"], 0, 1, SINGLE | {"limit": 2, "limit_per_customer": 9}, (1, 9)),
    "single and unlimited": (["A"], 0, 0, SINGLE | UNLIMITED, (ENDLESS, ENDLESS)),
    "single and unlimited, sold many": (["A"], 3, 2, SINGLE | UNLIMITED, (ENDLESS, ENDLESS)),
}


@pytest.mark.parametrize(("codes", "by_us", "by_others", "settings", "wanted"), KINDS.values(), ids=KINDS)
def test_left(codes, by_us, by_others, settings, wanted, admin):
    reward, buyer = sold(codes, by_us, by_others, **settings)
    assert left(admin, reward, buyer) == wanted


def test_a_refund_gives_the_customer_the_turn_back_and_nobody_the_unit(admin):
    reward, buyer = sold(["A", "B", "C"], 2, 0, limit=10, limit_per_customer=2)
    refund(reward.purchases.first().pk, actor=STAFF, at=later())
    assert left(admin, reward, buyer) == (1, 1)


@pytest.mark.parametrize(("limit", "wanted"), [(1, (0, None)), (2, (1, 1)), (3, (2, 1)), (9, (2, 1))])
def test_a_changed_limit_counts_what_was_sold(limit, wanted, admin):
    reward, buyer = sold(["A", "B", "C"], 1, 0, limit=3, limit_per_customer=2)
    change_settings(reward.pk, {"limit": limit}, **SHOP)
    assert left(admin, reward, buyer) == wanted
