"""`Idempotency-Key` on every writing endpoint: one effect and one answer a key."""

import pytest

from campaigns.models import Campaign, Purchase
from loyalty_site.access.actors import Role
from loyalty_site.access.models import IdempotencyKey
from tests.books import books
from tests.builders import balance, campaign, customer, earn
from tests.callers import BAD_REQUEST, failure, logged_in, user
from tests.campaigns.api.documents import INVALID, as_form, refused, sent

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-474c-b092-000000000000"
KEY = {"Idempotency_Key": "till-3/2026-03-02/0001"}


@pytest.fixture
def reward():
    return campaign()


@pytest.fixture
def buyer():
    return customer(points=100)


@pytest.fixture
def path(reward, buyer):
    return f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"


def raw(caller, method, path, body=None, **headers):
    """Status, bytes, and whether the answer is called a replay."""
    answer = caller.send(method, path, body, **headers)
    return answer.status_code, answer.content, answer.headers.get("Idempotent-Replayed")


def test_the_same_request_is_answered_alike_and_done_once(seller, path, buyer):
    status, content, replayed = raw(seller, "POST", path, **KEY)
    assert (status, replayed) == (200, None)
    assert raw(seller, "POST", path, **KEY) == (200, content, "true")
    assert raw(seller, "POST", path, **KEY) == (200, content, "true")
    assert (Purchase.objects.count(), balance(buyer)) == (1, 90)


def test_another_key_is_another_purchase(seller, path):
    assert seller.post(path, Idempotency_Key="1") == (200, {"coupon": {"code": "A"}})
    assert seller.post(path, Idempotency_Key="2") == (200, {"coupon": {"code": "B"}})


def test_without_a_key_it_is_done_each_time(seller, path):
    assert [raw(seller, "POST", path)[2] for _ in range(2)] == [None, None]
    assert Purchase.objects.count() == 2


@pytest.mark.parametrize("status", ["blocked", "new"])
def test_a_refusal_is_answered_again_though_its_reason_has_gone(status, seller, reward):
    buyer = customer(points=100, status=status)
    path = f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"
    _, content, _ = first = raw(seller, "POST", path, **KEY)
    assert first == (400, content, None)
    buyer.status = "active"
    buyer.save()
    assert raw(seller, "POST", path, **KEY) == (400, content, "true")
    assert Purchase.objects.count() == 0
    assert seller.post(path, Idempotency_Key="another") == (200, {"coupon": {"code": "A"}})


def test_too_few_points_are_answered_again_though_there_are_enough_now(seller, reward):
    buyer = customer(points=9)
    path = f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"
    assert seller.post(path, **KEY) == (400, {"error": "Not enough points"})
    earn(buyer, 1)
    assert seller.post(path, **KEY) == (400, {"error": "Not enough points"})
    assert (Purchase.objects.count(), balance(buyer)) == (0, 10)


def test_a_key_of_another_request_is_refused(seller, path, reward):
    seller.post(path, **KEY)
    before = books()
    other = customer(points=10)
    unprocessable = failure(422, "Unprocessable Entity")
    assert seller.post(f"/api/seller/customer/{other.pk}/campaign/{reward.pk}/buy", **KEY) == unprocessable
    assert seller.post(path, {"quantity": 1}, **KEY) == unprocessable
    assert seller.post(f"{path}?x=1", **KEY) == unprocessable
    assert seller.post(path, **KEY) == (200, {"coupon": {"code": "A"}})
    assert books()["Purchase"] == before["Purchase"]


def test_form_and_json_of_the_same_content_are_one_request(admin):
    body = {"campaign": {name: str(value) for name, value in sent()["campaign"].items() if isinstance(value, str)}}
    body["campaign"] |= {"costInPoints": "1", "unlimited": "1", "levels": {"0": NOBODY}, "coupons": {"0": "A"}}
    body["campaign"] |= {"campaignVisibility": {"allTimeVisible": "1"}, "campaignActivity": {"allTimeActive": "1"}}
    status, content, _ = raw(admin, "POST", "/api/campaign", body, **KEY)
    assert status == 200
    assert raw(admin, "POST", "/api/campaign", as_form(body), **KEY) == (200, content, "true")
    assert Campaign.objects.count() == 1


def test_two_callers_may_use_the_same_key(admin, seller, path, buyer):
    on_the_admins_path = path.replace("seller", "admin")
    assert raw(seller, "POST", path, **KEY)[2] is None
    assert raw(admin, "POST", on_the_admins_path, **KEY)[2] is None
    another = logged_in(user(Role.SELLER, "00000000-0000-474c-b092-b0dd880c07e5"))
    assert raw(another, "POST", path, **KEY)[::2] == (400, None)  # the customer's limit is two
    assert IdempotencyKey.objects.count() == 3
    assert balance(buyer) == 80


@pytest.mark.parametrize("key", ["", " ", "k" * 256, "k" * 300, "schlüssel", "a b", "tab\t", "\x7f"], ids=ascii)
def test_a_key_that_is_none_is_refused(key, seller, path):
    before = books()
    assert seller.post(path, Idempotency_Key=key) == BAD_REQUEST
    assert (books(), IdempotencyKey.objects.count()) == (before, 0)


@pytest.mark.parametrize("key", ["k", "k" * 255, "!~", '{"a":"b"}'])
def test_any_visible_ascii_is_a_key(key, seller, path):
    assert seller.post(path, Idempotency_Key=key)[0] == 200
    assert IdempotencyKey.objects.get().key == key


def test_a_body_that_is_not_valid_does_not_use_the_key_up(admin):
    wrong = sent(reward="car")
    assert admin.post("/api/campaign", wrong, **KEY) == refused(wrong, {"reward": INVALID})
    assert IdempotencyKey.objects.count() == 0
    assert raw(admin, "POST", "/api/campaign", sent(), **KEY)[0::2] == (200, None)


def test_a_caller_who_may_not_does_not_use_the_key_up(seller, admin, path):
    on_the_admins_path = path.replace("seller", "admin")
    assert seller.post(on_the_admins_path, **KEY)[0] == 403
    assert IdempotencyKey.objects.count() == 0
    assert seller.post(path, **KEY) == (200, {"coupon": {"code": "A"}})


def test_an_unknown_customer_is_a_kept_answer(seller, reward):
    path = f"/api/seller/customer/{NOBODY}/campaign/{reward.pk}/buy"
    status, content, replayed = raw(seller, "POST", path, **KEY)
    assert (status, replayed) == (404, None)
    assert raw(seller, "POST", path, **KEY) == (404, content, "true")


def test_creating(admin):
    first = admin.post("/api/campaign", sent(), **KEY)
    assert admin.post("/api/campaign", sent(), **KEY) == first
    assert Campaign.objects.count() == 1


def test_updating(admin, reward):
    path = f"/api/campaign/{reward.pk}"
    assert raw(admin, "PUT", path, sent(name="Tea"), **KEY)[0::2] == (200, None)
    Campaign.objects.update(name="Changed since")
    assert raw(admin, "PUT", path, sent(name="Tea"), **KEY)[0::2] == (200, "true")
    assert Campaign.objects.get().name == "Changed since"


def test_switching(admin, reward):
    path = f"/api/campaign/{reward.pk}/inactive"
    assert raw(admin, "POST", path, **KEY)[0::2] == (200, None)
    Campaign.objects.update(active=True)
    assert raw(admin, "POST", path, **KEY)[0::2] == (200, "true")
    assert Campaign.objects.get().active is True
