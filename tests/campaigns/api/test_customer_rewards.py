"""A customer's own rewards. Rule: Open Loyalty, the customer's front end."""

import pytest

from campaigns.models import Purchase
from campaigns.services import refund
from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from tests.builders import AT, STAFF, balance, buy, campaign, customer, later, level
from tests.callers import ADMIN_ID, ANONYMOUS, FORBIDDEN, MEMBER_ID, NOT_FOUND, UNAUTHORIZED

pytestmark = pytest.mark.django_db

OWN = "/api/customer/campaign"
BOUGHT_AT = "2026-03-02T13:00:00+0100"


@pytest.fixture
def jane() -> Customer:
    """The customer whose log-in `member` has."""
    return customer(pk=MEMBER_ID, points=100)


def purchase_of(reward, code: str, **facts):
    return {
        "purchaseAt": BOUGHT_AT,
        "costInPoints": 10,
        "campaignId": str(reward.pk),
        "used": False,
        "coupon": {"code": code},
    } | facts


def test_the_list_of_what_can_be_got_shows_no_codes_and_no_targets(member, jane):
    made = campaign()
    made.level_targets.create(level_id=jane.level_id, position=0)
    status, body = member.get(f"{OWN}/available")
    assert (status, body["total"]) == (200, 1)
    (found,) = body["campaigns"]
    assert found.keys().isdisjoint({"levels", "segments", "coupons"})
    assert (found["campaignId"], found["usageLeft"], found["usageLeftForCustomer"]) == (str(made.pk), 3, 2)
    assert found["canBeBoughtByCustomer"] is True


def test_what_is_aimed_at_others_is_not_in_the_list(member, jane):
    made = campaign()
    made.level_targets.create(level_id=level("gold").pk, position=0)
    assert member.get(f"{OWN}/available") == (200, {"campaigns": [], "total": 0})


def test_a_customer_buys(member, jane):
    made = campaign()
    assert member.post(f"{OWN}/{made.pk}/buy") == (200, {"coupon": {"code": "A"}})
    bought = Purchase.objects.get()
    assert (bought.customer_id, bought.actor, balance(jane)) == (MEMBER_ID, f"user:{MEMBER_ID}", 90)


def test_a_key_makes_buying_safe_to_repeat(member, jane):
    made = campaign()
    answers = [member.post(f"{OWN}/{made.pk}/buy", Idempotency_Key="k") for _ in range(2)]
    assert answers == [(200, {"coupon": {"code": "A"}})] * 2
    assert (Purchase.objects.count(), balance(jane)) == (1, 90)


def test_what_is_closed_cannot_be_bought(member, jane):
    made = campaign(active=False)
    assert member.post(f"{OWN}/{made.pk}/buy") == NOT_FOUND
    assert balance(jane) == 100


def test_too_few_points_are_said_to_be_so(member):
    customer(pk=MEMBER_ID, points=9)
    assert member.post(f"{OWN}/{campaign().pk}/buy") == (400, {"error": "Not enough points"})


def test_nothing_bought_is_an_empty_list(member, jane):
    assert member.get(f"{OWN}/bought") == (200, {"campaigns": [], "total": 0})


def test_what_was_bought_is_listed_the_latest_first(member, jane):
    first, second = campaign(), campaign(codes=["X"])
    buy(first, jane)
    buy(second, jane, at=later(1))
    status, body = member.get(f"{OWN}/bought")
    assert (status, body["total"]) == (200, 2)
    assert body["campaigns"] == [
        purchase_of(second, "X", purchaseAt="2026-03-03T13:00:00+0100"),
        purchase_of(first, "A"),
    ]


def test_only_ones_own_are_listed(member, jane):
    made, other = campaign(), customer(points=50)
    buy(made, other)
    assert member.get(f"{OWN}/bought") == (200, {"campaigns": [], "total": 0})


def test_details_are_the_campaign_as_customers_read_it(member, jane):
    made = campaign()
    buy(made, jane)
    (found,) = member.get(f"{OWN}/bought?includeDetails=true")[1]["campaigns"]
    assert found["campaign"]["name"] == "Free coffee"
    assert found["campaign"].keys().isdisjoint({"levels", "segments", "coupons"})
    assert {key: found[key] for key in found if key != "campaign"} == purchase_of(made, "A")


@pytest.mark.parametrize(("sort", "codes"), [("costInPoints", ["C", "E"]), ("purchaseAt", ["E", "C"])])
def test_the_list_can_be_sorted(member, jane, sort, codes):
    cheap, expensive = campaign(codes=["C"], cost_in_points=1), campaign(codes=["E"], cost_in_points=50)
    buy(expensive, jane)
    buy(cheap, jane, at=later(1))
    found = member.get(f"{OWN}/bought?sort={sort}")[1]["campaigns"]
    assert [purchase["coupon"]["code"] for purchase in found] == codes


def test_a_refunded_purchase_is_not_listed(member, jane):

    buy(campaign(), jane)
    refund(Purchase.objects.get().pk, actor=STAFF, at=AT)
    assert member.get(f"{OWN}/bought") == (200, {"campaigns": [], "total": 0})


@pytest.mark.parametrize("path", ["admin", "seller"])
@pytest.mark.parametrize("role", ["admin", "seller"])
def test_staff_and_sellers_read_a_customers_list(path, role, admin, seller, jane):
    made = campaign()
    buy(made, jane)
    caller = {"admin": admin, "seller": seller}[role]
    status, body = caller.get(f"/api/{path}/customer/{jane.pk}/campaign/bought?includeDetails=1")
    assert (status, body["total"]) == (200, 1)
    assert body["campaigns"][0]["campaign"]["coupons"] == ["A", "B", "C"]


@pytest.mark.parametrize(("sent", "said"), [(True, True), ("1", "1"), (1, 1), ("yes", "yes")])
def test_a_customer_marks_a_coupon_as_used(member, jane, sent, said):
    made = campaign()
    code = buy(made, jane)
    assert member.post(f"{OWN}/{made.pk}/coupon/{code}", {"used": sent}) == (200, {"used": said})
    bought = Purchase.objects.get()
    assert (bought.used, bought.used_at) == (True, AT)
    assert AuditEntry.objects.get(action="coupon used").actor == f"user:{MEMBER_ID}"


@pytest.mark.parametrize("sent", [False, "false", 0, "0", 0.0, "", [], {}])
def test_what_means_not_used_marks_nothing(admin, jane, sent):
    made = campaign()
    code = buy(made, jane)
    path = f"/api/admin/customer/{jane.pk}/campaign/{made.pk}/coupon/{code}"
    assert admin.post(path, {"used": sent}) == (200, {"used": False})
    assert Purchase.objects.get().used is False
    assert AuditEntry.objects.filter(action__startswith="coupon").count() == 0


@pytest.mark.parametrize(("body", "said"), [("used=1", "1"), ({"used": "yes"}, "yes"), ({"used": True}, True)])
def test_staff_mark_a_coupon_as_used(admin, jane, body, said):
    made = campaign()
    code = buy(made, jane)
    path = f"/api/admin/customer/{jane.pk}/campaign/{made.pk}/coupon/{code}"
    assert admin.post(path, body) == (200, {"used": said})
    assert (Purchase.objects.get().used, Purchase.objects.get().used_at) == (True, AT)


def test_what_was_refunded_is_not_marked(admin, jane):
    made = campaign()
    code = buy(made, jane)
    refund(Purchase.objects.get().pk, actor=STAFF, at=AT)
    path = f"/api/admin/customer/{jane.pk}/campaign/{made.pk}/coupon/{code}"
    assert admin.post(path, {"used": True}) == (200, {"used": True})
    assert Purchase.objects.get().used is False


def test_the_same_code_of_another_campaign_is_left_alone(member, jane):
    made, other = campaign(), campaign()
    code = buy(made, jane)
    assert buy(other, jane) == code
    assert member.post(f"{OWN}/{made.pk}/coupon/{code}", {"used": True}) == (200, {"used": True})
    assert Purchase.objects.get(used=True).campaign_id == made.pk


@pytest.mark.parametrize("sent", [False, "false", 0, "0"])
def test_a_customer_cannot_take_it_back(member, jane, sent):
    made = campaign()
    code = buy(made, jane)
    member.post(f"{OWN}/{made.pk}/coupon/{code}", {"used": True})
    assert member.post(f"{OWN}/{made.pk}/coupon/{code}", {"used": sent}) == (200, {"used": False})
    assert Purchase.objects.get().used is True


def test_staff_can_take_it_back(admin, jane):
    made = campaign()
    code = buy(made, jane)
    path = f"/api/admin/customer/{jane.pk}/campaign/{made.pk}/coupon/{code}"
    assert admin.post(path, {"used": True}) == (200, {"used": True})
    assert admin.post(path, {"used": False}) == (200, {"used": False})
    bought = Purchase.objects.get()
    assert (bought.used, bought.used_at) == (False, None)
    last = AuditEntry.objects.filter(action="coupon marked as not used").get()
    assert (last.actor, last.before, last.after) == (f"user:{ADMIN_ID}", {"used": True}, {"used": False})


def test_marking_it_twice_is_written_down_once(member, jane):
    made = campaign()
    code = buy(made, jane)
    for _ in range(2):
        member.post(f"{OWN}/{made.pk}/coupon/{code}", {"used": True})
    assert AuditEntry.objects.filter(action="coupon used").count() == 1


@pytest.mark.parametrize("body", [{}, None, [True], "x=1", {"used": None}])
def test_the_field_is_required(member, jane, body):
    made = campaign()
    code = buy(made, jane)
    told = member.post(f"{OWN}/{made.pk}/coupon/{code}", body)
    assert told == (400, {"errors": 'field "used" is required'})
    assert Purchase.objects.get().used is False


@pytest.mark.parametrize("code", ["NONE", "%00", "a b", "%F0%9F%8E%81"])
def test_an_unknown_code_changes_nothing(member, jane, code):
    made = campaign()
    buy(made, jane)
    assert member.post(f"{OWN}/{made.pk}/coupon/{code}", {"used": True}) == (200, {"used": True})
    assert Purchase.objects.get().used is False


def test_somebody_elses_coupon_is_unknown(member, jane):
    made, other = campaign(), customer(points=50)
    code = buy(made, other)
    assert member.post(f"{OWN}/{made.pk}/coupon/{code}", {"used": True}) == (200, {"used": True})
    assert Purchase.objects.get().used is False


def test_a_campaign_that_is_visible_for_the_customer_is_read_without_codes(member, jane):
    made = campaign()
    made.level_targets.create(level_id=jane.level_id, position=0)
    status, body = member.get(f"/api/campaign/{made.pk}")
    assert (status, body["name"]) == (200, "Free coffee")
    assert body.keys().isdisjoint({"levels", "segments", "coupons"})


def test_a_campaign_that_is_not_for_the_customer_is_not_read(member, jane):
    assert member.get(f"/api/campaign/{campaign().pk}") == FORBIDDEN


@pytest.mark.parametrize(
    ("method", "path"), [("get", "available"), ("get", "bought"), ("post", "{}/buy"), ("post", "{}/coupon/A")]
)
def test_only_customers_call_these(admin, seller, method, path):
    path = f"{OWN}/{path.format(campaign().pk)}"
    assert [getattr(caller, method)(path) for caller in (admin, seller, ANONYMOUS)] == [
        FORBIDDEN,
        FORBIDDEN,
        UNAUTHORIZED,
    ]


def test_an_account_without_a_customer_has_nothing(member):
    assert member.get(f"{OWN}/available") == NOT_FOUND
    assert member.post(f"{OWN}/{campaign().pk}/buy") == NOT_FOUND
