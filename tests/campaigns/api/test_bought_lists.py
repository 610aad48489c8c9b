"""What one customer bought, as the customer, staff and sellers read it. Rule: Open Loyalty, "Bought campaigns"."""

import pytest

from campaigns.models import Purchase
from customers.models import Customer
from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from tests.builders import AT, buy, campaign, customer, later
from tests.callers import MEMBER_ID, NOT_FOUND, with_token
from tests.campaigns.api.endpoints import NOBODY
from tests.statements import statements

pytestmark = pytest.mark.django_db

PATHS = {
    "member": "/api/customer/campaign/bought",
    "admin": f"/api/admin/customer/{MEMBER_ID}/campaign/bought",
    "seller": f"/api/seller/customer/{MEMBER_ID}/campaign/bought",
}
ROLES = pytest.mark.parametrize("role", PATHS)


@pytest.fixture
def jane() -> Customer:
    return customer(pk=MEMBER_ID, points=500, card_number="47834433524")


@pytest.fixture
def read(admin, seller, member):
    callers = {"admin": admin, "seller": seller, "member": member}
    return lambda role, query="": callers[role].get(f"{PATHS[role]}?{query}")


def codes(answer):
    status, body = answer
    assert (status, list(body)) == (200, ["campaigns", "total"])
    return [one["coupon"]["code"] for one in body["campaigns"]]


@ROLES
def test_a_purchase_as_each_of_them_reads_it(role, read, jane):
    reward = campaign()
    buy(reward, jane)
    assert read(role) == (
        200,
        {
            "campaigns": [
                {
                    "purchaseAt": "2026-03-02T13:00:00+0100",
                    "costInPoints": 10,
                    "campaignId": str(reward.pk),
                    "used": False,
                    "coupon": {"code": "A"},
                }
            ],
            "total": 1,
        },
    )


@ROLES
def test_nothing_bought(role, read, jane):
    buy(campaign(), customer(points=10))
    assert read(role) == (200, {"campaigns": [], "total": 0})


@pytest.mark.once("sqlite")
@ROLES
@pytest.mark.parametrize(
    ("query", "shown"),
    [("1", True), ("true", True), ("yes", True), ("0", False), ("false", False), ("", False), ("null", False)],
)
def test_details_come_with_what_means_yes(query, shown, role, read, jane):
    buy(campaign(), jane)
    (found,) = read(role, f"includeDetails={query}")[1]["campaigns"]
    assert ("campaign" in found) is shown


@ROLES
def test_the_details_are_those_of_each_purchase(role, read, jane):
    first, second = campaign(name="Tea"), campaign(name="Coffee")
    for days, reward in enumerate([first, second, first]):
        buy(reward, jane, at=later(days))
    found = read(role, "includeDetails=1")[1]["campaigns"]
    assert [one["campaign"]["name"] for one in found] == ["Tea", "Coffee", "Tea"]
    assert [one["campaign"]["campaignId"] for one in found] == [one["campaignId"] for one in found]


@ROLES
@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "EMC"),
        ("sort=purchaseAt", "CME"),
        ("sort=purchaseAt&direction=desc", "EMC"),
        ("sort=costInPoints", "CME"),
        ("sort=costInPoints&direction=DESC", "EMC"),
        ("sort=used&direction=desc", "M.."),
        ("sort=used", "..M"),
        ("sort=coupon&direction=asc", "EMC"),
    ],
)
def test_sorts(query, order, role, read, jane):
    for cost, code in enumerate("CME"):
        buy(campaign([code], cost_in_points=10 + cost), jane, at=later(cost))
    Purchase.objects.filter(coupon__code="M").update(used=True, used_at=AT)
    found = codes(read(role, query))
    assert sorted(found) == ["C", "E", "M"]
    assert all(due in (".", code) for due, code in zip(order, found, strict=True))


@ROLES
def test_pages(role, read, jane):
    reward = campaign(list("ABCDE"), limit_per_customer=9)
    for days in range(5):
        buy(reward, jane, at=later(days))
    assert [codes(read(role, f"perPage=2&page={page}")) for page in (1, 2, 3, 4)] == [["E", "D"], ["C", "B"], ["A"], []]
    assert read(role, "perPage=2&page=4")[1]["total"] == 5


@pytest.mark.parametrize("role", ["admin", "seller"])
def test_by_card_number(role, admin, seller, jane):
    buy(campaign(), jane)
    caller = {"admin": admin, "seller": seller}[role]
    assert codes(caller.get(f"/api/{role}/customer/47834433524/campaign/bought")) == ["A"]
    assert caller.get(f"/api/{role}/customer/{NOBODY}/campaign/bought") == NOT_FOUND


@pytest.mark.parametrize(
    ("more", "coupon", "pool"), [([scopes.COUPONS_READ], {"code": "A"}, ["A", "B", "C"]), ([], {}, [])]
)
def test_a_token_sees_codes_by_its_scope(more, coupon, pool, jane):
    buy(campaign(), jane)
    till = with_token(Role.SELLER, [scopes.CUSTOMERS_READ, *more])
    (found,) = till.get(f"{PATHS['seller']}?includeDetails=1")[1]["campaigns"]
    assert (found["coupon"], found["campaign"]["coupons"]) == (coupon, pool)


@pytest.mark.parametrize(("setting", "coupon"), [(True, {"code": "A"}), (False, {})])
def test_sellers_see_codes_by_the_setting(setting, coupon, read, jane, settings):
    settings.SELLERS_SEE_COUPONS = setting
    buy(campaign(), jane)
    bought = {role: read(role)[1]["campaigns"][0]["coupon"] for role in PATHS}
    assert bought == {"admin": {"code": "A"}, "seller": coupon, "member": {"code": "A"}}


@ROLES
@pytest.mark.parametrize("query", ["", "includeDetails=1"])
def test_statements_do_not_grow_with_the_page(query, role, read, jane):
    counts = []
    for _ in range(2):
        for _ in range(3):
            buy(campaign(), jane)
        with statements() as seen:
            assert read(role, query)[0] == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
