"""The campaigns that a customer can get. Rule: Open Loyalty, "Get available campaign for a customer"."""

import pytest

from campaigns.services import create
from customers.models import Customer, Segment, SegmentMembership
from points.models import Account
from tests.builders import SHOP, buy, campaign, customer, draft, earn, later, level
from tests.callers import NOT_FOUND

pytestmark = pytest.mark.django_db

PAST = {"all_time_active": False, "active_from": later(-9), "active_to": later(-1)}
FUTURE = {"all_time_active": False, "active_from": later(1), "active_to": later(9)}
UNSEEN_YET = {"all_time_visible": False, "visible_from": later(1), "visible_to": later(9)}
UNSEEN_NOW = {"all_time_visible": False, "visible_from": later(-9), "visible_to": later(-1)}
SEEN = {"all_time_visible": False, "visible_from": later(-1), "visible_to": later(1)}


@pytest.fixture
def buyer():
    return customer(points=100, card_number="47834433524")


@pytest.fixture(params=["admin", "seller"])
def listed(request, admin, seller, buyer):
    """The list for the buyer, as either caller reads it: `canBeBoughtByCustomer` by name."""
    caller = {"admin": admin, "seller": seller}[request.param]

    def ask(who=buyer.pk):
        status, body = caller.get(f"/api/{request.param}/customer/{who}/campaign/available")
        assert (status, body["total"]) == (200, len(body["campaigns"]))
        return {found["name"]: found["canBeBoughtByCustomer"] for found in body["campaigns"]}

    return ask


def ours(codes=("A", "B"), **settings):
    return campaign(list(codes), levels=[level().pk], **settings)


def aimed_at(*, levels=(), segments=()):
    return create(draft(levels=[one.pk for one in levels], segments=[one.pk for one in segments]), **SHOP)


KEPT = {
    "it can be bought": ({}, True),
    "it costs all the points": ({"cost_in_points": 100}, True),
    "it costs too much": ({"cost_in_points": 101}, False),
    "it is free": ({"cost_in_points": 0}, True),
    "its activity is over": (PAST, False),
    "its activity is to come": (FUTURE, False),
    "it is seen just now": (SEEN, True),
}
REMOVED = {
    "it is switched off": {"active": False},
    "it is not seen yet": UNSEEN_YET,
    "it is not seen any more": UNSEEN_NOW,
}


@pytest.mark.parametrize(("settings", "can_be_bought"), KEPT.values(), ids=KEPT)
def test_it_stays_in_the_list(settings, can_be_bought, listed):
    ours(**settings)
    assert listed() == {"Free coffee": can_be_bought}


@pytest.mark.parametrize("settings", REMOVED.values(), ids=REMOVED)
def test_it_leaves_the_list(settings, listed):
    ours(**settings)
    assert listed() == {}


def test_a_campaign_to_come_says_when(admin, buyer):
    ours(**FUTURE)
    _, body = admin.get(f"/api/admin/customer/{buyer.pk}/campaign/available")
    (found,) = body["campaigns"]
    assert (found["will_be_active_from"], found["canBeBoughtByCustomer"]) == ("2026-03-03T13:00:00+0100", False)


def test_sold_out_it_leaves_the_list(listed):
    buy(ours(["A"]), customer(points=10))
    assert listed() == {}


def test_with_the_limit_reached_it_leaves_the_list(listed):
    buy(ours(limit=1), customer(points=10))
    assert listed() == {}


def test_with_the_customers_limit_reached_it_leaves_the_list(listed, buyer):
    buy(ours(limit_per_customer=1), buyer)
    assert listed() == {}


def test_what_others_have_bought_does_not_count_as_the_customers(listed):
    buy(ours(limit_per_customer=1), customer(points=10))
    assert listed() == {"Free coffee": True}


def test_points_whose_day_has_passed_buy_nothing(listed, buyer):
    ours(cost_in_points=101)
    earn(buyer, 50, valid=-1, at=later(-9))
    assert Account.objects.get(pk=buyer.pk).balance == 150
    assert listed() == {"Free coffee": False}


@pytest.mark.parametrize("status", [Customer.Status.NEW, Customer.Status.BLOCKED])
def test_the_list_does_not_ask_for_the_customers_status(status, listed, buyer):
    ours()
    Customer.objects.update(status=status)
    assert listed() == {"Free coffee": True}


# --- targets -----------------------------------------------------------------------------------------------------


def test_aimed_at_the_customers_level(listed):
    aimed_at(levels=[level("gold"), level()])
    assert listed() == {"Free coffee": True}


def test_aimed_at_other_levels(listed):
    aimed_at(levels=[level("gold")])
    assert listed() == {}


def test_aimed_at_one_of_the_customers_segments(listed, buyer):
    regulars, others = Segment.objects.create(name="regulars"), Segment.objects.create(name="others")
    SegmentMembership.objects.create(segment=regulars, customer=buyer)
    aimed_at(segments=[others, regulars])
    assert listed() == {"Free coffee": True}


def test_aimed_at_segments_of_others(listed, buyer):
    regulars, others = Segment.objects.create(name="regulars"), Segment.objects.create(name="others")
    SegmentMembership.objects.create(segment=regulars, customer=buyer)
    aimed_at(segments=[others])
    assert listed() == {}


def test_a_level_or_a_segment_is_enough(listed, buyer):
    regulars = Segment.objects.create(name="regulars")
    SegmentMembership.objects.create(segment=regulars, customer=buyer)
    aimed_at(levels=[level("gold")], segments=[regulars])
    assert listed() == {"Free coffee": True}


def test_aimed_at_nobody(listed):
    aimed_at()
    assert listed() == {}


# --- the customer in the path -------------------------------------------------------------------------------------


def test_the_customer_by_card_number(listed):
    ours()
    assert listed("47834433524") == {"Free coffee": True}


def test_the_customer_by_an_id_in_capitals(listed, buyer):
    ours()
    assert listed(str(buyer.pk).upper()) == {"Free coffee": True}


UNKNOWN = ["00000000-0000-474c-b092-000000000000", "4783443352", "47834433524x", "%00", "x" * 500, "%C5%82"]


@pytest.mark.parametrize("who", UNKNOWN, ids=ascii)
def test_an_unknown_customer(who, admin, seller):
    assert admin.get(f"/api/admin/customer/{who}/campaign/available") == NOT_FOUND
    assert seller.get(f"/api/seller/customer/{who}/campaign/available") == NOT_FOUND


def test_an_erased_customer_is_unknown(admin, buyer):
    Customer.objects.update(status=Customer.Status.ERASED)
    for who in (buyer.pk, buyer.card_number):
        assert admin.get(f"/api/admin/customer/{who}/campaign/available") == NOT_FOUND


def test_the_figures_that_only_these_lists_have(admin, buyer):
    ours()
    _, body = admin.get(f"/api/admin/customer/{buyer.pk}/campaign/available")
    _, everything = admin.get("/api/campaign")
    (here,), (there,) = body["campaigns"], everything["campaigns"]
    assert here == there | {"usageLeftForCustomer": 2, "canBeBoughtByCustomer": True}


def test_the_total_counts_the_filtered_list(admin, buyer):
    for n in range(3):
        ours(name=f"Campaign {n}")
    ours(active=False)
    aimed_at(levels=[level("gold")])
    _, body = admin.get(f"/api/admin/customer/{buyer.pk}/campaign/available?perPage=2")
    assert (len(body["campaigns"]), body["total"]) == (2, 3)
