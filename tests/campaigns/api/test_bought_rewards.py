"""What all customers bought. Rule: Open Loyalty, "Bought campaigns", as the admin front end reads it."""

from decimal import Decimal

import pytest
from django.db import connection

from campaigns.models import Purchase
from campaigns.services import refund
from customers.models import Customer
from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from loyalty_site.database import execute, fetch_all, on_postgresql
from tests.builders import AT, SHOP, buy, campaign, customer, later
from tests.callers import with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

PATH = "/api/campaign/bought"


@pytest.fixture
def jane():
    return customer(points=500, first_name="Jane", last_name="Doe", email="jane@example.com", phone="+48345345000")


def codes(answer):
    status, body = answer
    assert (status, list(body)) == (200, ["boughtCampaigns", "total"])
    return [one["coupon"].get("code") for one in body["boughtCampaigns"]], body["total"]


def use(code):
    Purchase.objects.filter(coupon__code=code).update(used=True, used_at=AT)


def test_a_purchase_as_the_front_end_reads_it(admin, jane):
    reward = campaign(name="Free coffee", tax_price_value=Decimal("2.50"))
    buy(reward, jane)
    assert admin.get(PATH) == (
        200,
        {
            "boughtCampaigns": [
                {
                    "purchasedAt": "2026-03-02T13:00:00+0100",
                    "costInPoints": 10,
                    "campaignId": str(reward.pk),
                    "campaignName": "Free coffee",
                    "campaignType": "discount_code",
                    "customerId": str(jane.pk),
                    "customerName": "Jane",
                    "customerLastname": "Doe",
                    "customerEmail": "jane@example.com",
                    "customerPhone": "+48345345000",
                    "taxPriceValue": 2.5,
                    "coupon": {"code": "A"},
                    "used": False,
                }
            ],
            "total": 1,
        },
    )


def test_what_is_not_known_of_a_customer_is_left_out(admin):
    buy(campaign(), customer(points=10))
    (found,) = admin.get(PATH)[1]["boughtCampaigns"]
    assert found.keys().isdisjoint({"customerName", "customerLastname", "customerEmail", "customerPhone"})
    assert "taxPriceValue" not in found


def test_nothing_bought(admin):
    assert admin.get(PATH) == (200, {"boughtCampaigns": [], "total": 0})


def test_of_all_customers_the_latest_first(admin, jane):
    reward = campaign()
    buy(reward, jane, at=later(1))
    buy(reward, customer(points=10), at=later(2))
    buy(reward, jane, at=AT)
    assert codes(admin.get(PATH)) == (["B", "A", "C"], 3)


def test_what_was_refunded_is_left_out(admin, jane):
    reward = campaign()
    buy(reward, jane)
    refund(Purchase.objects.get().pk, **SHOP)
    buy(reward, jane)
    assert codes(admin.get(PATH)) == (["B"], 1)


# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("used", "found"), [("1", ["A"]), ("true", ["A"]), ("0", ["B"]), ("false", ["B"]), ("", ["B", "A"])]
)
def test_used(used, found, admin, jane):
    reward = campaign()
    buy(reward, jane)
    buy(reward, jane, at=later(1))
    use("A")
    assert codes(admin.get(f"{PATH}?used={used}")) == (found, len(found))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("purchasedAtFrom=2026-03-02T12:00:00Z", ["C", "B", "A"]),
        ("purchasedAtFrom=2026-03-02 13:00:01", ["C", "B"]),
        ("purchasedAtFrom=2026-03-03", ["C", "B"]),
        ("purchasedAtTo=2026-03-02", ["A"]),
        ("purchasedAtTo=2026-03-03 13:00", ["B", "A"]),
        ("purchasedAtTo=2026-03-03T12:59:59%2B01:00", ["A"]),
        ("purchasedAtFrom=2026-03-03&purchasedAtTo=2026-03-03", ["B"]),
        ("purchasedAtFrom=2026-03-04&purchasedAtTo=2026-03-02", []),
        ("purchasedAtFrom=&purchasedAtTo=", ["C", "B", "A"]),
        ("purchasedAtFrom=tomorrow", ["C", "B"]),
    ],
)
def test_between_two_moments(query, found, admin, jane):
    """Both ends count, a day without a time as a whole; the purchases are of 2, 3 and 4 March at 13:00."""
    reward = campaign(limit_per_customer=9)
    for days in range(3):
        buy(reward, jane, at=later(days, milliseconds=400))
    assert codes(admin.get(f"{PATH}?{query}")) == (found, len(found))


@pytest.mark.parametrize("path", [PATH, f"{PATH}/export/csv"])
@pytest.mark.parametrize("name", ["purchasedAtFrom", "purchasedAtTo"])
@pytest.mark.parametrize("value", ["yesterdayish", "2026-02-30", "9" * 500])
def test_a_date_that_cannot_be_read_is_refused_at_its_field(value, name, path, admin):
    fine = {"purchasedAtFrom": {}, "purchasedAtTo": {}}
    tree = fine | {name: {"errors": ["This value is not valid."]}}
    assert admin.get(f"{path}?{name}={value}") == (400, {"form": {"children": tree}, "errors": []})


# --- order and pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=purchasedAt&direction=asc", ["C", "E"]),
        ("sort=purchasedAt&direction=desc", ["E", "C"]),
        ("sort=purchaseAt", ["C", "E"]),
        ("sort=costInPoints", ["C", "E"]),
        ("sort=costInPoints&direction=desc", ["E", "C"]),
        ("sort=used", ["E", "C"]),
        ("sort=coupon&direction=asc", ["E", "C"]),
    ],
)
def test_sorts(query, found, admin, jane):
    cheap, expensive = campaign(["C"], cost_in_points=1), campaign(["E"], cost_in_points=50)
    buy(cheap, jane)
    buy(expensive, jane, at=later(1))
    use("C")
    assert codes(admin.get(f"{PATH}?{query}")) == (found, 2)


def test_pages(admin, jane):
    reward = campaign(list("ABCDE"), limit_per_customer=9)
    for days in range(5):
        buy(reward, jane, at=later(days))
    pages = [codes(admin.get(f"{PATH}?perPage=2&page={page}")) for page in (1, 2, 3, 4)]
    assert pages == [(["E", "D"], 5), (["C", "B"], 5), (["A"], 5), ([], 5)]


# --- who sees what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "coupon"), [([scopes.COUPONS_READ], {"code": "A"}), ([], {})])
def test_a_token_sees_codes_by_its_scope(more, coupon, jane):
    buy(campaign(), jane)
    (found,) = with_token(Role.ADMIN, [scopes.CUSTOMERS_READ, *more]).get(PATH)[1]["boughtCampaigns"]
    assert (found["coupon"], found["customerName"]) == (coupon, "Jane")


def test_a_token_of_a_store_sees_its_customers_and_those_of_none():
    stores = {name: Store.objects.create(name=name, identifier=name) for name in ("own", "other")}
    reward = campaign()
    for days, place in enumerate(["own", "none", "other"]):
        buy(reward, customer(points=10, store=stores.get(place)), at=later(days))
    assert codes(with_token(Role.ADMIN, store=stores["own"]).get(PATH)) == (["B", "A"], 2)


def test_what_an_erased_customer_bought_stays(admin):
    who = customer(points=10)
    buy(campaign(), who)
    Customer.objects.filter(pk=who.pk).update(status="erased")
    assert codes(admin.get(PATH)) == (["A"], 1)


# --- how much it asks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 30])
def test_three_statements_however_many_were_bought(many, admin):
    """The caller, the total and the page."""
    reward = campaign([f"C{n}" for n in range(30)], limit=30)
    for _ in range(many):
        buy(reward, customer(points=10))
    with statements() as seen:
        assert codes(admin.get(f"{PATH}?perPage=100"))[1] == many
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "purchase_by_time"),
        ("used=1", "purchase_standing_by_use"),
        ("purchasedAtFrom=2026-03-02&purchasedAtTo=2026-03-02", "purchase_by_time"),
    ],
)
def test_a_page_is_found_by_an_index(query, index, admin, jane):
    buy(campaign(), jane)
    use("A")
    with statements() as seen:
        admin.get(f"{PATH}?{query}")
    if on_postgresql():
        for way in ("seqscan", "bitmapscan", "sort"):  # with so few rows it would read and sort them all
            execute(f"SET LOCAL enable_{way} = off", [])
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    plan = "\n".join(str(line) for line in fetch_all(f"{explain} {seen[-1]}", []))
    assert index in plan
