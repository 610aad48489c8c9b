"""Why a reward is not sold: the answer to each reason, and their order; nothing is written.

Rule: Open Loyalty, "Buy reward campaign for a specific customer".
"""

import pytest

from customers.models import Customer
from points.models import Account
from tests.books import books
from tests.builders import buy, campaign, customer, earn, later
from tests.callers import NOT_FOUND

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

NOBODY = "00000000-0000-474c-b092-000000000000"
TEXTS = {
    "limit": "Limit exceeded",
    "own limit": "Limit per customer exceeded",
    "status": "Not allowed",
    "points": "Not enough points",
    "codes": "No coupons left",
}
LIMITED = ["limit", "own limit", "status", "points", "codes"]
UNLIMITED = ["codes", "status", "points"]


@pytest.fixture(params=["admin", "seller"])
def refused(request, admin, seller):
    """Tries to buy on the path of the role, and looks whether anything was written."""
    caller = {"admin": admin, "seller": seller}[request.param]

    def call(campaign_id, who):
        before = books()
        answer = caller.post(f"/api/{request.param}/customer/{who}/campaign/{campaign_id}/buy")
        assert books() == before
        return answer

    return call


def obstructed(reasons, *, unlimited=False):
    """A campaign that the customer has bought once, and cannot buy again for these reasons."""
    limits = {"limit": None, "limit_per_customer": None} if unlimited else {}
    limits |= {"limit": 1} if "limit" in reasons else {}
    limits |= {"limit_per_customer": 1} if "own limit" in reasons else {}
    codes = ["A"] if "codes" in reasons else ["A", "B"]
    reward = campaign(codes, unlimited=unlimited, **limits)
    buyer = customer(points=10 if "points" in reasons else 20)
    buy(reward, buyer)
    if "status" in reasons:
        Customer.objects.filter(pk=buyer.pk).update(status=Customer.Status.BLOCKED)
    return reward.pk, buyer.pk


@pytest.mark.parametrize("reason", LIMITED)
def test_each_reason_alone(reason, refused):
    assert refused(*obstructed([reason])) == (400, {"error": TEXTS[reason]})


@pytest.mark.parametrize("reason", UNLIMITED)
def test_each_reason_alone_where_there_are_no_limits(reason, refused):
    assert refused(*obstructed([reason], unlimited=True)) == (400, {"error": TEXTS[reason]})


@pytest.mark.parametrize("first", range(len(LIMITED)))
def test_the_first_of_several_reasons_is_told(first, refused):
    assert refused(*obstructed(LIMITED[first:])) == (400, {"error": TEXTS[LIMITED[first]]})


@pytest.mark.parametrize("first", range(len(UNLIMITED)))
def test_without_limits_no_coupons_left_is_the_first(first, refused):
    assert refused(*obstructed(UNLIMITED[first:], unlimited=True)) == (400, {"error": TEXTS[UNLIMITED[first]]})


@pytest.mark.parametrize("status", ["new", "blocked"])
def test_only_active_customers_may_spend(status, refused):
    assert refused(campaign().pk, customer(points=10, status=status).pk) == (400, {"error": "Not allowed"})


@pytest.mark.parametrize("status", ["new", "blocked"])
def test_also_where_it_costs_nothing(status, refused):
    assert refused(campaign(cost_in_points=0).pk, customer(status=status).pk) == (400, {"error": "Not allowed"})


def test_a_customer_without_an_account_has_no_points(refused):
    assert refused(campaign().pk, customer().pk) == (400, {"error": "Not enough points"})


def test_points_whose_day_has_passed_cannot_be_spent(refused):
    buyer = customer()
    earn(buyer, 100, valid=-1, at=later(-5))
    assert Account.objects.get(pk=buyer.pk).balance == 100
    assert refused(campaign().pk, buyer.pk) == (400, {"error": "Not enough points"})


NOT_ON_OFFER = {
    "off": {"active": False},
    "activity over": {"all_time_active": False, "active_from": later(-9), "active_to": later(seconds=-1)},
    "activity to come": {"all_time_active": False, "active_from": later(seconds=1), "active_to": later(9)},
    "not seen any more": {"all_time_visible": False, "visible_from": later(-9), "visible_to": later(seconds=-1)},
    "not seen yet": {"all_time_visible": False, "visible_from": later(seconds=1), "visible_to": later(9)},
}


@pytest.mark.parametrize("settings", NOT_ON_OFFER.values(), ids=NOT_ON_OFFER)
def test_a_campaign_that_is_not_on_offer_is_not_found(settings, refused):
    assert refused(campaign(**settings).pk, customer(points=10).pk) == NOT_FOUND


def test_not_on_offer_comes_before_every_other_reason(refused):
    assert refused(campaign(active=False).pk, customer(status="blocked").pk) == NOT_FOUND


@pytest.mark.parametrize("campaign_id", [NOBODY, "x", "%00", "1", f"{{{NOBODY}}}", NOBODY.replace("-", "")])
def test_an_unknown_campaign(campaign_id, refused):
    assert refused(campaign_id, customer(points=10).pk) == NOT_FOUND


@pytest.mark.parametrize("who", [NOBODY, "x", "%00", "1", f"{{{NOBODY}}}", "%ED%A0%80", "9" * 300])
def test_an_unknown_customer(who, refused):
    assert refused(campaign().pk, who) == NOT_FOUND


def test_an_erased_customer_is_unknown(refused):
    gone = customer(points=10, card_number="1")
    Customer.objects.filter(pk=gone.pk).update(status=Customer.Status.ERASED)
    assert refused(campaign().pk, gone.pk) == NOT_FOUND
    assert refused(campaign(cost_in_points=0).pk, gone.pk) == NOT_FOUND
    assert refused(campaign().pk, "1") == NOT_FOUND


def test_an_unknown_customer_before_a_campaign_that_is_sold_out(refused):
    reward = campaign(["A"])
    buy(reward, customer(points=10))
    assert refused(reward.pk, NOBODY) == NOT_FOUND
