"""A customer with what he or she bought."""

import pytest

from campaigns.api.customer_object import customers_with_purchases
from campaigns.models import Purchase
from customers.api.customer_object import asked_for
from customers.models import Customer
from tests.builders import AT, buy, campaign, customer, later
from tests.statements import statements

pytestmark = pytest.mark.django_db


def purchases(who, **options):
    (body,) = customers_with_purchases(list(asked_for(Customer.objects.filter(pk=who.pk))), **options)
    return body["campaignPurchases"]


def test_who_bought_nothing():
    assert purchases(customer()) == []


def test_what_was_bought_the_latest_first():
    who, first, second = customer(points=100), campaign(["A"]), campaign(["B"])
    buy(first, who, at=AT)
    buy(second, who, at=later(1))
    buy(campaign(["C"]), customer(points=100))
    assert purchases(who) == [
        {
            "purchaseAt": "2026-03-03T13:00:00+0100",
            "costInPoints": 10,
            "campaignId": str(second.pk),
            "used": False,
            "coupon": {"code": "B"},
        },
        {
            "purchaseAt": "2026-03-02T13:00:00+0100",
            "costInPoints": 10,
            "campaignId": str(first.pk),
            "used": False,
            "coupon": {"code": "A"},
        },
    ]


def test_the_campaigns_id_as_the_visible_customers_show_it():
    who, reward = customer(points=100), campaign()
    buy(reward, who)
    (shown,) = purchases(who, nested_ids=True)
    assert shown["campaignId"] == {"campaignId": str(reward.pk)}


def test_what_was_refunded_is_not_shown():
    who, reward = customer(points=100), campaign(["A", "B"])
    for _ in range(2):
        buy(reward, who)
    Purchase.objects.filter(coupon__code="A").update(refunded_at=AT)
    assert [one["coupon"]["code"] for one in purchases(who)] == ["B"]


@pytest.mark.parametrize("days", [0, 1], ids=["at one moment", "a day apart"])
def test_no_more_than_the_latest(days):
    who, reward = customer(points=100), campaign(limit_per_customer=3)
    for n in range(3):
        buy(reward, who, at=later(n * days))
    shown = purchases(who, most=2)
    assert len(shown) == 2
    assert not days or [one["coupon"]["code"] for one in shown] == ["C", "B"]


@pytest.mark.parametrize("many", [1, 10])
def test_two_more_queries_for_a_page(many):
    reward = campaign([f"C{n}" for n in range(many)])
    for _ in range(many):
        buy(reward, customer(points=10))
    page = list(asked_for(Customer.objects.all()))
    with statements() as seen:
        shown = customers_with_purchases(page)
    assert {len(one["campaignPurchases"]) for one in shown} == {1}
    assert len(seen) == 2


def test_nobody_asks_nothing_of_purchases():
    with statements() as seen:
        assert customers_with_purchases([]) == []
    assert len(seen) <= 1
