"""The order of the lists. Rule: Open Loyalty, "Get the collection of campaigns": `sort` and `direction`."""

from uuid import UUID

import pytest

from campaigns.services import create
from tests.builders import STAFF, customer, draft, later, level

pytestmark = pytest.mark.django_db


def window(name, first, last):
    return {f"all_time_{name}": False, f"{name}_from": later(first), f"{name}_to": later(last)}


# In the order of their creation, which is neither that of their ids nor that of anything else. "c" has neither limits
# nor windows: what is unset counts as the largest. Equal ones stand by their ids.
IDS = {"a": 2, "b": 3, "c": 1}
ROWS = {
    "a": {"reward": "gift_code", "cost_in_points": 20, "limit": 5, "limit_per_customer": 3, "active": False}
    | window("active", 0, 9)
    | window("visible", 1, 5),
    "b": {"reward": "event_code", "cost_in_points": 30, "limit": 1, "limit_per_customer": 9, "single_coupon": True}
    | window("active", -9, 30)
    | window("visible", -1, 3),
    "c": {"reward": "value_code", "cost_in_points": 10, "unlimited": True, "limit": None, "limit_per_customer": None},
}
BY_CREATION = "abc"
ASCENDING = {
    "campaignId": "cab",
    "name": "abc",
    "active": "acb",
    "reward": "bac",
    "costInPoints": "cab",
    "limit": "bac",
    "limitPerUser": "abc",
    "unlimited": "abc",
    "singleCoupon": "cab",
    "campaignActivity.allTimeActive": "abc",
    "campaignActivity.activeFrom": "bac",
    "campaignActivity.activeTo": "abc",
    "campaignVisibility.allTimeVisible": "abc",
    "campaignVisibility.visibleFrom": "bac",
    "campaignVisibility.visibleTo": "bac",
}
UNKNOWN = [
    "",
    "nonsense",
    "NAME",
    "name,reward",
    "-name",
    "?",
    "pk",
    "id",
    "created_at",
    "cost_in_points",
    "campaignActivity",
    "campaignActivity.",
    "campaignActivity.secret",
    "labels",
    "levels",
    "coupons",
    "coupons.code",
    "usageLeft",
    "hasPhoto",
    "description",
    "campaign__coupons__code",
    "name;DROP TABLE campaigns_campaign",
    "name' OR '1'='1",
    "(SELECT 1)",
    "n" * 900,
    "ż",
]


@pytest.fixture(scope="module")
def buyer(for_the_module):
    """A customer at whose level all campaigns are aimed."""
    with for_the_module():
        bronze = level()
        for n, (name, columns) in enumerate(ROWS.items()):
            made = draft(["A"], [bronze.pk], name=name, **columns)
            create(made, campaign_id=UUID(int=IDS[name]), actor=STAFF, at=later(hours=n))
        return customer(level=bronze)


def order(answer):
    status, body = answer
    assert status == 200
    return "".join(found["name"] for found in body["campaigns"])


@pytest.mark.parametrize("column", ASCENDING)
def test_by_every_column_both_ways(column, admin, buyer):
    assert order(admin.get(f"/api/campaign?sort={column}")) == ASCENDING[column]
    assert order(admin.get(f"/api/campaign?sort={column}&direction=DESC")) == ASCENDING[column][::-1]


@pytest.mark.parametrize("direction", ["ASC", "asc", "aSc"])
def test_ascending_in_any_letters(direction, admin, buyer):
    assert order(admin.get(f"/api/campaign?sort=costInPoints&direction={direction}")) == "cab"


@pytest.mark.parametrize("direction", ["DESC", "desc", "", "down", "ascending", "1", "asc;"])
def test_any_other_direction_descends(direction, admin, buyer):
    assert order(admin.get(f"/api/campaign?sort=costInPoints&direction={direction}")) == "bac"


def test_a_direction_that_is_a_group_descends(admin, buyer):
    assert order(admin.get("/api/campaign?sort=costInPoints&direction[]=asc")) == "bac"


@pytest.mark.parametrize("column", UNKNOWN)
def test_an_unknown_column_leaves_the_order_of_creation(column, admin, buyer):
    assert order(admin.get(f"/api/campaign?sort={column}&direction=DESC")) == BY_CREATION


def test_without_a_column_a_direction_means_nothing(admin, buyer):
    assert order(admin.get("/api/campaign")) == BY_CREATION
    assert order(admin.get("/api/campaign?direction=DESC")) == BY_CREATION


def test_a_column_that_is_a_group_is_unknown(admin, buyer):
    assert order(admin.get("/api/campaign?sort[]=costInPoints")) == BY_CREATION


@pytest.mark.parametrize("body", ["sort=costInPoints&direction=desc", {"sort": "costInPoints", "direction": "desc"}])
def test_sorting_may_stand_in_the_body(body, admin, buyer):
    assert order(admin.get("/api/campaign", body)) == "bac"


def test_the_sellers_lists_are_sorted_too(seller, buyer):
    for path in ("/api/seller/campaign", f"/api/seller/customer/{buyer.pk}/campaign/available"):
        assert order(seller.get(path)) == "bc"
        assert order(seller.get(f"{path}?sort=costInPoints")) == "cb"
        assert order(seller.get(f"{path}?sort=campaignActivity.activeFrom&direction=DESC")) == "cb"
