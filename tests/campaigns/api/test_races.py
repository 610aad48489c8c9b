"""Many tills at one moment, over HTTP: nothing is sold twice, nobody pays twice, and everybody gets a plain answer."""

from collections import Counter

import pytest
from django.core.management import call_command

from campaigns.models import Campaign, Purchase
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, IdempotencyKey, User
from tests.builders import balance, buy, campaign, customer
from tests.bursts import burst, many
from tests.callers import bearer, failure, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

TILLS = many(64)
SOLD_OUT = "No coupons left"


def tills(count=TILLS):
    sellers = User.objects.bulk_create(User(username=str(n), role=Role.SELLER) for n in range(count))
    return [logged_in(seller) for seller in sellers]


def buying(till, reward, who, **headers):
    path = f"/api/seller/customer/{who.pk}/campaign/{reward.pk}/buy"
    return lambda: till.post(path, **headers)


def refusals(answers):
    """How many got which answer but a code."""
    return Counter((status, body["error"]) for status, body in answers if status != 200)


def codes(answers):
    return sorted(body["coupon"]["code"] for status, body in answers if status == 200)


def test_the_last_coupon_goes_to_one():
    reward = campaign(["A"])
    buyers = [customer(points=100) for _ in range(8)]
    answers = burst([buying(till, reward, buyers[n % 8]) for n, till in enumerate(tills())])
    assert codes(answers) == ["A"]
    assert refusals(answers) == {(400, SOLD_OUT): TILLS - 1}
    assert Purchase.objects.count() == 1
    assert sum(balance(buyer) for buyer in buyers) == 790
    call_command("verify_ledger")


def test_the_last_of_a_limit_goes_to_one():
    reward = campaign([f"C{n:02}" for n in range(20)], limit=3, limit_per_customer=9)
    buyers = [customer(points=100) for _ in range(8)]
    answers = burst([buying(till, reward, buyers[n % 8]) for n, till in enumerate(tills(32))])
    assert codes(answers) == ["C00", "C01", "C02"]
    assert refusals(answers) == {(400, "Limit exceeded"): 29}
    call_command("verify_ledger")


def test_a_customers_limit_holds():
    reward, buyer = campaign([f"C{n:02}" for n in range(20)], limit=20, limit_per_customer=3), customer(points=900)
    answers = burst([buying(till, reward, buyer) for till in tills(16)])
    assert (codes(answers), balance(buyer)) == (["C00", "C01", "C02"], 870)
    assert refusals(answers) == {(400, "Limit per customer exceeded"): 13}
    assert sorted(Purchase.objects.values_list("n", flat=True)) == [1, 2, 3]
    call_command("verify_ledger")


def test_a_customers_last_points_are_spent_once():
    reward, buyer = campaign([f"C{n:02}" for n in range(20)], limit=20, limit_per_customer=20), customer(points=19)
    answers = burst([buying(till, reward, buyer) for till in tills(16)])
    assert (codes(answers), balance(buyer)) == (["C00"], 9)
    assert refusals(answers) == {(400, "Not enough points"): 15}
    assert Purchase.objects.count() == 1
    call_command("verify_ledger")


def test_as_many_as_there_are_get_one_each():
    reward = campaign([f"C{n:02}" for n in range(20)], limit=100, limit_per_customer=9)
    buyers = [customer(points=100) for _ in range(8)]
    answers = burst([buying(till, reward, buyers[n % 8]) for n, till in enumerate(tills(32))])
    assert codes(answers) == [f"C{n:02}" for n in range(20)]
    assert refusals(answers) == {(400, SOLD_OUT): 12}
    assert Campaign.objects.with_stock().get(pk=reward.pk).left == 0
    call_command("verify_ledger")


def test_one_key_buys_once_and_everybody_gets_its_answer():
    reward, buyer = campaign(), customer(points=100)
    (till,) = tills(1)
    token = till.token
    path = f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"
    sends = [bearer(token) for _ in range(TILLS)]
    answers = burst([lambda one=one: one.send("POST", path, Idempotency_Key="receipt-1") for one in sends])
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert answers[0].json() == {"coupon": {"code": "A"}}
    replayed = Counter(answer.headers.get("Idempotent-Replayed") for answer in answers)
    assert replayed == {None: 1, "true": TILLS - 1}
    assert (Purchase.objects.count(), balance(buyer), IdempotencyKey.objects.count()) == (1, 90, 1)
    call_command("verify_ledger")


def test_one_key_for_two_customers_serves_one():
    reward, buyers = campaign(), [customer(points=100), customer(points=100)]
    token = tills(1)[0].token
    answers = burst([buying(bearer(token), reward, buyers[n % 2], Idempotency_Key="receipt-1") for n in range(16)])
    assert Counter(status for status, _ in answers) == {200: 8, 422: 8}
    assert {repr(answer) for answer in answers if answer[0] == 422} == {repr(failure(422, "Unprocessable Entity"))}
    assert sorted(balance(buyer) for buyer in buyers) == [90, 100]
    call_command("verify_ledger")


def test_coupons_marked_in_opposite_orders_are_marked_once():
    reward = campaign([f"C{n:02}" for n in range(12)], limit=12, limit_per_customer=12)
    buyers = [customer(points=100) for _ in range(2)]
    ids = {"used": True, "campaignId": str(reward.pk)}
    items = [ids | {"customerId": str(who.pk), "code": buy(reward, who)} for who in buyers * 6]
    token = logged_in(User.objects.create(username="admin", role=Role.ADMIN)).token
    path = "/api/admin/campaign/coupons/mark_as_used"
    sent = [{"coupons": items[::-1] if n % 2 else items} for n in range(8)]
    answers = burst([lambda body=body: bearer(token).post(path, body) for body in sent])
    assert [status for status, _ in answers] == [200] * 8
    assert Purchase.objects.filter(used=True).count() == 12
    assert AuditEntry.objects.filter(action="coupon used").count() == 12
