"""A token bound to a store serves that store's customers and those of none."""

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from tests.books import books
from tests.builders import balance, campaign, customer, level
from tests.callers import NOT_FOUND, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def stores():
    return [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]


@pytest.fixture(params=[(Role.ADMIN, "admin"), (Role.SELLER, "seller")], ids=["admin", "seller"])
def till(request, stores):
    """A token bound to the first store, and its paths for a customer and a campaign."""
    role, name = request.param
    caller = with_token(role, store=stores[0])
    return (
        lambda who: caller.get(f"/api/{name}/customer/{who}/campaign/available"),
        lambda who, reward: caller.post(f"/api/{name}/customer/{who}/campaign/{reward.pk}/buy"),
    )


@pytest.mark.parametrize("place", ["its own", "none"])
def test_customers_in_sight(place, till, stores):
    available, buy = till
    reward = campaign(levels=[level().pk])
    buyer = customer(points=10, card_number="1", store=stores[0] if place == "its own" else None)
    for who in (buyer.pk, "1"):
        assert available(who)[1]["total"] == 1
    assert buy(buyer.pk, reward) == (200, {"coupon": {"code": "A"}})
    assert balance(buyer) == 0


def test_customers_of_another_store_are_not_there(till, stores):
    available, buy = till
    reward, stranger = campaign(), customer(points=10, card_number="1", store=stores[1])
    before = books()
    for who in (stranger.pk, "1"):
        assert available(who) == NOT_FOUND
        assert buy(who, reward) == NOT_FOUND
    assert (books(), balance(stranger)) == (before, 10)


def test_a_stranger_is_answered_as_a_customer_who_does_not_exist(till, stores):
    _, buy = till
    stranger = customer(points=10, store=stores[1])
    assert buy(stranger.pk, campaign(active=False)) == buy("00000000-0000-474c-b092-000000000000", campaign())


def test_who_is_bound_to_no_store_serves_everybody(seller, stores):
    buyer = customer(points=10, store=stores[1])
    path = f"/api/seller/customer/{buyer.pk}/campaign/{campaign().pk}/buy"
    assert seller.post(path) == (200, {"coupon": {"code": "A"}})
