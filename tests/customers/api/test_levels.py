"""Levels and who is on them. Rule: Open Loyalty, "Level API"."""

from decimal import Decimal

import pytest

from customers.models import Customer, Level
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from tests.builders import customer, later
from tests.callers import NOT_FOUND, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

UNKNOWN = ["00000000-0000-474c-b092-000000000000", "x", "%00", "e82c96cf32a343bd90344df343e5fd94"]


@pytest.fixture
def bronze():
    return Level.objects.create(
        name="bronze",
        description="example level",
        from_amount=Decimal("19.50"),
        reward_name="test reward",
        reward_value=Decimal("0.14"),
        reward_code="abc",
        special_rewards=[{"name": "special reward", "value": 0.22, "code": "spec", "active": True}],
    )


def shown(level, customers=0):
    return {
        "id": str(level.pk),
        "name": "bronze",
        "description": "example level",
        "active": True,
        "conditionValue": 19.5,
        "hasPhoto": False,
        "reward": {"name": "test reward", "value": 0.14, "code": "abc"},
        "specialRewards": [{"name": "special reward", "value": 0.22, "code": "spec", "active": True}],
        "customersCount": customers,
    }


@pytest.mark.parametrize("path", ["/api/level", "/api/seller/level"])
def test_a_level(path, seller, bronze):
    customer(level=bronze)
    assert seller.get(path) == (200, {"levels": [shown(bronze, 1)], "total": 1})
    assert seller.get(f"{path}/{bronze.pk}") == (200, shown(bronze, 1))


def test_a_level_that_gives_nothing(admin):
    plain = Level.objects.create(name="plain", active=False)
    _, body = admin.get(f"/api/level/{plain.pk}")
    assert "description" not in body
    assert (body["active"], body["conditionValue"], body["specialRewards"]) == (False, 0, [])
    assert body["reward"] == {"name": "", "value": 0, "code": ""}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["a", "b", "c"]),
        ("sort=name&direction=DESC", ["c", "b", "a"]),
        ("sort=conditionValue", ["b", "c", "a"]),
        ("sort=unknown", ["a", "b", "c"]),
        ("perPage=2", ["a", "b"]),
        ("perPage=2&page=2", ["c"]),
    ],
)
def test_levels_in_order(query, names, admin):
    for name, amount in (("c", 2), ("a", 3), ("b", 1)):
        Level.objects.create(name=name, from_amount=amount)
    _, body = admin.get(f"/api/level?{query}")
    assert ([level["name"] for level in body["levels"]], body["total"]) == (names, 3)


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_level(text, admin):
    for path in (f"/api/level/{text}", f"/api/seller/level/{text}", f"/api/level/{text}/customers"):
        assert admin.get(path) == NOT_FOUND


# --- customers -------------------------------------------------------------------------------------------------------


def ids(answer):
    assert answer[0] == 200
    return [one["customerId"] for one in answer[1]["customers"]], answer[1]["total"]


def test_customers_of_a_level_the_latest_first(admin, bronze):
    first = customer(level=bronze, first_name="Jane", last_name="Doe", email="user-temp@oloy.com")
    second = customer(level=bronze, created_at=later(1))
    customer(level=Level.objects.create(name="silver"))
    assert admin.get(f"/api/level/{bronze.pk}/customers") == (
        200,
        {
            "customers": [
                {"customerId": str(second.pk)},
                {
                    "customerId": str(first.pk),
                    "firstName": "Jane",
                    "lastName": "Doe",
                    "email": "user-temp@oloy.com",
                },
            ],
            "total": 2,
        },
    )


def test_who_was_erased_is_on_no_list(admin, bronze):
    customer(level=bronze, status=Customer.Status.ERASED)
    assert ids(admin.get(f"/api/level/{bronze.pk}/customers")) == ([], 0)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("sort=email", ["A@example.com", "b@example.com"]),
        ("sort=email&direction=desc", ["b@example.com", "A@example.com"]),
        ("sort=lastName", ["b@example.com", "A@example.com"]),
        ("sort=firstName", ["A@example.com", "b@example.com"]),
    ],
)
def test_customers_of_a_level_in_order(query, order, admin, bronze):
    """By first name, which no index keeps, they come as ever: the latest first."""
    customer(level=bronze, first_name="A", last_name="C", email="b@example.com")
    customer(level=bronze, first_name="B", last_name="D", email="A@example.com", created_at=later(1))
    _, body = admin.get(f"/api/level/{bronze.pk}/customers?{query}")
    assert [one["email"] for one in body["customers"]] == order


def test_a_store_sees_its_own_customers_of_a_level(bronze):
    stores = [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]
    own, _, of_none = (customer(level=bronze, store=store) for store in (*stores, None))
    till = with_token(Role.SELLER, store=stores[0])
    found, total = ids(till.get(f"/api/level/{bronze.pk}/customers"))
    assert (set(found), total) == ({str(own.pk), str(of_none.pk)}, 2)


@pytest.mark.parametrize("many", [1, 10])
def test_the_same_queries_however_many(many, admin, bronze):
    """The caller, the total and the levels; the caller, the level, the total and the customers."""
    for n in range(many - 1):
        Level.objects.create(name=f"level {n}")
    for _ in range(many):
        customer(level=bronze)
    with statements() as seen:
        assert len(admin.get("/api/level?perPage=100")[1]["levels"]) == many
    assert len(seen) == 3
    with statements() as seen:
        assert len(admin.get(f"/api/level/{bronze.pk}/customers")[1]["customers"]) == many
    assert len(seen) == 4
