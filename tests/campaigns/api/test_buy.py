"""Buying a reward. Rule: Open Loyalty, "Buy reward campaign for a specific customer"."""

import pytest

from campaigns.models import Purchase
from loyalty_site.access.models import AuditEntry
from points.models import Account, Transfer
from tests.builders import AT, balance, buckets, campaign, customer, earn, level
from tests.callers import ADMIN_ID, SELLER_ID
from tests.campaigns.api.documents import shown

pytestmark = pytest.mark.django_db

IDS = {"admin": ADMIN_ID, "seller": SELLER_ID}


@pytest.fixture(params=["admin", "seller"])
def role(request):
    return request.param


@pytest.fixture
def purchase(role, admin, seller):
    """Buys on the path of the role."""
    caller = {"admin": admin, "seller": seller}[role]

    def call(reward, who, body=None, **headers):
        return caller.post(f"/api/{role}/customer/{who}/campaign/{reward.pk}/buy", body, **headers)

    return call


def sold(code):
    return 200, {"coupon": {"code": code}}


def test_the_first_code_is_sold_for_the_customers_points(purchase, role):
    reward, buyer = campaign(), customer(points=25)

    assert purchase(reward, buyer.pk) == sold("A")

    bought = Purchase.objects.get()
    assert (bought.campaign_id, bought.customer_id, bought.coupon.code) == (reward.pk, buyer.pk, "A")
    assert (bought.n, bought.cost_in_points, bought.purchased_at, bought.used) == (1, 10, AT, False)
    assert (balance(buyer), bought.actor) == (15, f"user:{IDS[role]}")


def test_the_ledger_says_what_was_bought(purchase, role):
    reward, buyer = campaign(), customer(points=25)

    purchase(reward, buyer.pk)

    moved = Transfer.objects.get(kind=Transfer.Kind.SPEND)
    assert Purchase.objects.get().transfer_id == moved.pk
    assert (moved.account_id, moved.points, moved.balance_after) == (buyer.pk, -10, 15)
    assert (moved.comment, moved.channel) == ("Free coffee, coupon: A", Transfer.Channel.REWARD)
    assert (moved.actor, moved.created_at) == (f"user:{IDS[role]}", AT)


def test_the_audit_trail_says_who_did_it_and_not_which_code(purchase, role):
    reward, buyer = campaign(["SECRET"]), customer(points=25)

    purchase(reward, buyer.pk)

    entry = AuditEntry.objects.get(action="reward bought")
    assert (entry.actor, entry.at) == (f"user:{IDS[role]}", AT)
    assert entry.after == {"campaign": str(reward.pk), "customer": str(buyer.pk), "cost": 10}
    assert "SECRET" not in f"{entry.object_label}{entry.reason}{entry.before}"


def test_codes_are_sold_in_the_order_of_the_list(purchase):
    reward = campaign(["C", "A", "B"])
    assert [purchase(reward, customer(points=10).pk) for _ in range(3)] == [sold("C"), sold("A"), sold("B")]


def test_the_points_that_expire_soonest_go_first(purchase):
    buyer = customer(points=4, valid=9)
    earn(buyer, 8, valid=2)
    purchase(campaign(), buyer.pk)
    assert buckets(buyer) == {9: 2}


def test_exactly_enough_points(purchase):
    buyer = customer(points=10)
    assert purchase(campaign(), buyer.pk) == sold("A")
    assert balance(buyer) == 0


@pytest.mark.parametrize("cost", [0, -5])
def test_a_free_reward_moves_no_points_and_needs_no_account(cost, purchase):
    reward, buyer = campaign(cost_in_points=cost), customer()
    assert purchase(reward, buyer.pk) == sold("A")
    assert (Transfer.objects.count(), Purchase.objects.get().cost_in_points) == (0, 0)
    assert Account.objects.filter(balance__gt=0).count() == 0


def test_a_campaign_for_others_can_be_bought(purchase):
    assert purchase(campaign(levels=[level("gold").pk]), customer(points=10).pk) == sold("A")


def test_an_unlimited_campaign_ends_with_its_codes(purchase):
    reward = campaign(["A", "B"], unlimited=True, limit=None, limit_per_customer=None)
    buyer = customer(points=90)
    answers = [purchase(reward, buyer.pk) for _ in range(3)]
    assert answers == [sold("A"), sold("B"), (400, {"error": "No coupons left"})]


def test_one_code_for_everybody_until_the_limit(purchase):
    reward = campaign(["A", "B"], single_coupon=True, limit=3, limit_per_customer=2)
    often, other = customer(points=90), customer(points=90)
    answers = [purchase(reward, who.pk) for who in (often, often, often, other, other)]
    assert answers == [
        sold("A"),
        sold("A"),
        (400, {"error": "Limit per customer exceeded"}),
        sold("A"),
        (400, {"error": "Limit exceeded"}),
    ]


def test_one_code_for_everybody_for_ever(purchase):
    reward = campaign(["A"], single_coupon=True, unlimited=True, limit=None, limit_per_customer=None)
    buyer = customer(points=30)
    assert [purchase(reward, buyer.pk) for _ in range(3)] == [sold("A")] * 3
    assert [bought.n for bought in Purchase.objects.order_by("n")] == [1, 2, 3]


def test_it_counts_at_once(purchase, admin):
    reward = campaign(levels=[level().pk])
    buyer = customer(points=15)
    purchase(reward, buyer.pk)
    found = shown(admin, reward.pk)
    assert (found["usageLeft"], found["usersWhoUsedThisCampaignCount"]) == (2, 1)
    _, available = admin.get(f"/api/admin/customer/{buyer.pk}/campaign/available")
    (offered,) = available["campaigns"]
    assert (offered["usageLeftForCustomer"], offered["canBeBoughtByCustomer"]) == (1, False)


def test_the_customer_by_card_number(purchase):
    buyer = customer(points=10, card_number="47834433524")
    assert purchase(campaign(), "47834433524") == sold("A")
    assert balance(buyer) == 0


def test_ids_in_capitals(purchase):
    assert purchase(campaign(), str(customer(points=10).pk).upper()) == sold("A")


def test_a_body_buys_nothing_else(seller):
    reward, buyer = campaign(), customer(points=10)
    path = f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"
    body = {"withoutPoints": True, "quantity": 5, "transactionId": "1", "customer": "other", "costInPoints": 0}
    assert seller.post(path, body) == sold("A")
    assert (balance(buyer), Purchase.objects.count()) == (0, 1)
