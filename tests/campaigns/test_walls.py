"""What the database itself refuses: a unit sold twice, a slice oversold, a purchase that nobody paid."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from campaigns import services
from campaigns.models import Campaign, Coupon, Purchase, Slice
from points.models import Transfer
from tests.books import books
from tests.builders import AT, SHOP, campaign, customer
from tests.walls import refused_by_the_database, run_and_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def reward():
    return campaign(["A", "B"], limit_per_customer=9)


@pytest.fixture
def purchase(reward):
    return services.buy(reward.pk, customer(points=10).pk, **SHOP)


def copied(purchase: Purchase, **changes) -> Purchase:
    """A second purchase that differs from the first in this alone, written past the services."""
    columns = Purchase.objects.values().get(pk=purchase.pk)
    paid = {"cost_in_points": 0, "transfer_id": None}
    return Purchase.objects.create(**(columns | {"id": uuid4(), "position": 1, "n": 2} | paid | changes))


def refused_copy(match: str, purchase: Purchase, **changes) -> None:
    before = books()
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        copied(purchase, **changes)
    assert books() == before


def test_another_purchase_of_another_unit_gets_in(reward, purchase):
    copied(purchase, coupon_id=reward.coupons.get(code="B").pk)
    assert Purchase.objects.count() == 2


def test_a_unit_is_sold_once(reward, purchase):
    refused_copy("(?i)unit_sold_once|unique", purchase, position=0, coupon_id=reward.coupons.get(code="B").pk)


def test_a_coupon_of_a_pool_is_sold_once(purchase):
    refused_copy("(?i)pooled_coupon_sold_once|unique", purchase, position=1)


def test_a_shared_coupon_is_sold_often(purchase):
    copied(purchase, position=-1)
    copied(purchase, position=-2, n=3)
    assert Purchase.objects.count() == 3


def test_a_customers_purchases_are_counted_once_each(reward, purchase):
    refused_copy("(?i)purchase_counted_once|unique", purchase, n=1, coupon_id=reward.coupons.get(code="B").pk)


def test_a_customers_purchases_are_counted_from_one(reward, purchase):
    refused_copy("purchase_counted_from_one", purchase, n=0, coupon_id=reward.coupons.get(code="B").pk)


@pytest.mark.parametrize("changes", [{"cost_in_points": 10}, {"cost_in_points": -1}])
def test_what_costs_points_has_a_movement(reward, purchase, changes):
    b = reward.coupons.get(code="B").pk
    refused_copy("purchase_paid_by_a_transfer", purchase, coupon_id=b, **changes)


def test_what_is_free_has_none(reward, purchase):
    other = Transfer.objects.filter(kind="earn").get()
    b = reward.coupons.get(code="B").pk
    refused_copy("purchase_paid_by_a_transfer", purchase, coupon_id=b, cost_in_points=0, transfer_id=other.pk)


def test_a_movement_pays_for_one_purchase(reward, purchase):
    b = reward.coupons.get(code="B").pk
    refused_copy("(?i)unique", purchase, coupon_id=b, cost_in_points=10, transfer_id=purchase.transfer_id)


def test_a_purchase_has_a_unit(reward, purchase):
    b = reward.coupons.get(code="B").pk
    refused_copy("(?i)null", purchase, coupon_id=b, position=None)


@pytest.mark.parametrize("change", ["next = stop + 1", "holes = holes + 99", "holes = -1", "stop = next - 1"])
def test_a_slice_is_never_oversold(reward, change):
    refused_by_the_database("slice_never_oversold", f"UPDATE campaigns_slice SET {change}")


def test_the_units_of_a_slice_cannot_be_written(reward):
    refused_by_the_database("(?i)generated", "UPDATE campaigns_slice SET units = 99")
    assert Slice.objects.get().units == 2


@pytest.mark.parametrize(
    ("match", "change"),
    [
        ("(?i)code_once_per_campaign|unique", "code = 'B'"),
        ("(?i)position_once_per_campaign|unique", "position = 1"),
        ("coupon_has_a_code", "code = ''"),
    ],
)
def test_a_pool_has_a_code_and_a_place_once(reward, match, change):
    refused_by_the_database(match, f"UPDATE campaigns_coupon SET {change} WHERE code = 'A'")


def test_two_campaigns_may_have_the_same_codes():
    campaign(["A"])
    campaign(["A"])
    assert Coupon.objects.filter(code="A").count() == 2


@pytest.mark.parametrize(
    ("match", "change"),
    [
        ("campaign_reward_value_positive", "reward_value = 0"),
        ("campaign_tax_a_percentage", "tax = -1"),
        ("campaign_tax_a_percentage", "tax = 99"),
        ("campaign_tax_value_positive", "tax_price_value = -0.01"),
        ("campaign_focus_within_the_picture", "focus_x = 101"),
        ("campaign_focus_within_the_picture", "focus_y = 101"),
        ("campaign_link_to_a_web_page", "more_information_link = 'javascript:alert(1)'"),
    ],
)
def test_worth_and_link_of_a_campaign_make_sense(reward, match, change):
    refused_by_the_database(match, f"UPDATE campaigns_campaign SET {change}")


@pytest.mark.parametrize("table", ["campaigns_coupon", "campaigns_campaign"])
def test_what_was_sold_is_not_deleted(purchase, table):
    with pytest.raises(IntegrityError), transaction.atomic():
        run_and_check(f"DELETE FROM {table}")
    assert (Campaign.objects.count(), Purchase.objects.get().refunded_at) == (1, None)
    assert Purchase.objects.get().purchased_at == AT
