"""A reward that an administrator gives. Rule: Open Loyalty, buying by the administration, `withoutPoints`."""

import pytest

from campaigns.models import Purchase
from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry
from points.models import Transfer
from tests.books import books
from tests.builders import balance, campaign, customer
from tests.callers import ADMIN_ID, FORBIDDEN, MEMBER_ID, failure, with_token
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

SOLD = 200, {"coupon": {"code": "A"}}


def path(reward, who, role="admin"):
    return f"/api/{role}/customer/{who.pk}/campaign/{reward.pk}/buy"


def spendings():
    return Transfer.objects.filter(kind=Transfer.Kind.SPEND).count()


@pytest.mark.parametrize(
    "body",
    [
        {"withoutPoints": True, "transactionId": "1"},
        {"withoutPoints": "1"},
        {"withoutPoints": "true"},
        {"withoutPoints": 1},
        "withoutPoints=1",
    ],
    ids=str,
)
@pytest.mark.parametrize("points", [3, 100])
def test_it_takes_no_points(points, body, admin):
    reward, who = campaign(), customer(points=points)
    assert admin.post(path(reward, who), body) == SOLD
    bought = Purchase.objects.get()
    assert (bought.cost_in_points, bought.transfer, bought.actor) == (0, None, f"user:{ADMIN_ID}")
    assert (balance(who), spendings()) == (points, 0)
    assert AuditEntry.objects.get(action="reward bought").after["waived"] == 10


@pytest.mark.parametrize(
    "body",
    [
        {"withoutPoints": False, "transactionId": "1"},
        {"withoutPoints": "false"},
        {"withoutPoints": "0"},
        {"withoutPoints": 0},
        {"withoutPoints": None},
        {"withoutPoints": ""},
        {"withoutPoints": []},
        {"transactionId": "1", "quantity": 5, "costInPoints": 0, "customer": "other"},
        [{"withoutPoints": True}],
        "withoutPoints=&quantity=3",
    ],
    ids=str,
)
def test_any_other_body_is_paid(body, admin):
    reward, who = campaign(), customer(points=10)
    assert admin.post(path(reward, who), body) == SOLD
    assert (balance(who), spendings(), Purchase.objects.get().cost_in_points) == (0, 1, 10)
    before = books()
    assert admin.post(path(reward, who), body) == (400, {"error": "Not enough points"})
    assert books() == before


def test_nor_is_the_address_looked_at(admin):
    reward, who = campaign(), customer(points=10)
    assert admin.post(f"{path(reward, who)}?withoutPoints=1") == SOLD
    assert (balance(who), spendings()) == (0, 1)


def test_sellers_cannot_give(seller):
    reward, who = campaign(), customer(points=9)
    before = books()
    for body in ({"withoutPoints": True}, "withoutPoints=1"):
        assert seller.post(path(reward, who, "seller"), body) == (400, {"error": "Not enough points"})
    assert books() == before


def test_nor_can_customers(member):
    reward, _ = campaign(), customer(pk=MEMBER_ID, points=9)
    before = books()
    answer = member.post(f"/api/customer/campaign/{reward.pk}/buy", {"withoutPoints": True})
    assert (answer, books()) == ((400, {"error": "Not enough points"}), before)


def test_a_token_needs_the_right_to_give_points_as_well():
    reward, who = campaign(), customer(points=10)
    till = with_token(Role.ADMIN, [scopes.REWARDS_BUY])
    before = books()
    assert till.post(path(reward, who), {"withoutPoints": True}) == FORBIDDEN
    assert books() == before
    assert till.post(path(reward, who), {"withoutPoints": False}) == SOLD
    assert balance(who) == 0


def test_a_token_that_has_it():
    reward, who = campaign(), customer(points=10)
    till = with_token(Role.ADMIN, [scopes.REWARDS_BUY, scopes.POINTS_WRITE])
    assert till.post(path(reward, who), {"withoutPoints": True}) == SOLD
    assert balance(who) == 10


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [
        ({"limit_per_customer": 1}, "Limit per customer exceeded"),
        ({"limit": 1}, "Limit exceeded"),
        ({"codes": ["A"]}, "No coupons left"),
    ],
)
def test_stock_and_limits_hold(settings, refusal, admin):
    reward, who = campaign(**settings), customer()
    assert admin.post(path(reward, who), {"withoutPoints": True}) == SOLD
    before = books()
    assert admin.post(path(reward, who), {"withoutPoints": True}) == (400, {"error": refusal})
    assert books() == before


def test_a_key_gives_once(admin):
    reward, who = campaign(), customer()
    body = {"withoutPoints": True}
    assert [admin.post(path(reward, who), body, Idempotency_Key="k") for _ in range(2)] == [SOLD, SOLD]
    assert admin.post(path(reward, who), {}, Idempotency_Key="k") == failure(422, "Unprocessable Entity")
    assert Purchase.objects.count() == 1


def test_statements(admin):
    """As many as a reward takes whose cost is 0."""
    reward, free, who = campaign(), campaign(cost_in_points=0), customer()
    with statements() as costing_nothing:
        admin.post(path(free, who))
    with statements() as given:
        admin.post(path(reward, who), {"withoutPoints": True})
    assert len(given) == len(costing_nothing) == either(postgresql=6, sqlite=9)
