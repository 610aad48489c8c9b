"""The list of sellers. Rule: Open Loyalty, "Seller API", 'Get list of sellers'."""

from uuid import UUID

import pytest

from loyalty_site.access import demo
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store, User
from tests.bad_input import BAD_QUERIES, ODD_QUERIES, UNREADABLE
from tests.builders import AT
from tests.callers import ADMIN_ID, BAD_REQUEST, FORBIDDEN, Caller, logged_in, user, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

PATH = "/api/seller"


@pytest.fixture
def boss(noon):
    return logged_in(user(Role.ADMIN, ADMIN_ID))


@pytest.fixture
def sellers():
    """The documented two, and a third without a store who is switched off."""
    demo.load(lambda line: None, AT)
    User.objects.filter(pk=demo.JOHN_2).update(phone="0000000011")
    User.objects.create(username="eve", email="eve@shop.com", first_name="Eve", role=Role.SELLER, is_active=False)


@pytest.fixture
def admin(noon, sellers):
    return logged_in(User.objects.get(pk=demo.ADMIN))


def names(caller: Caller, query: str = "") -> list[str]:
    status, body = caller.get(f"{PATH}?{query}")
    assert (status, body["total"]) == (200, len(body["sellers"]))
    return [seller["firstName"] for seller in body["sellers"]]


def test_the_documented_list(admin):
    status, body = admin.get(f"{PATH}?sort=name&direction=desc&email=doe")
    assert (status, list(body)) == (200, ["sellers", "total"])
    assert body == {
        "sellers": [
            {
                "name": "John2 Doe2",
                "sellerId": "00000000-0000-474c-b092-b0dd880c07e5",
                "firstName": "John2",
                "lastName": "Doe2",
                "email": "john2@doe2.com",
                "phone": "0000000011",
                "posId": "00000000-0000-474c-1111-b0dd880c07e3",
                "posName": "test1",
                "posCity": "Warszawa",
                "active": True,
                "deleted": False,
            },
            {
                "name": "John Doe",
                "sellerId": "00000000-0000-474c-b092-b0dd880c07e4",
                "firstName": "John",
                "lastName": "Doe",
                "email": "john@doe.com",
                "phone": "+48123123123",
                "posId": "00000000-0000-474c-1111-b0dd880c07e2",
                "posName": "test2",
                "posCity": "Wrocław",
                "active": True,
                "deleted": False,
            },
        ],
        "total": 2,
    }


def test_what_is_not_set_is_left_out(admin):
    _, body = admin.get(f"{PATH}?firstName=Eve")
    (eve,) = body["sellers"]
    assert UUID(eve.pop("sellerId")) == User.objects.get(username="eve").pk
    assert eve == {"name": "Eve", "firstName": "Eve", "email": "eve@shop.com", "active": False, "deleted": False}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["John", "John2", "Eve"]),
        ("firstName=john", ["John", "John2"]),
        ("firstName=2", ["John2"]),
        ("lastName=DOE2", ["John2"]),
        ("email=@doe.com", ["John"]),
        ("phone=123", ["John"]),
        ("posId=00000000-0000-474c-1111-b0dd880c07e2", ["John"]),
        ("posId=pos1", []),
        ("active=1", ["John", "John2"]),
        ("active=0", ["Eve"]),
        ("active=", ["John", "John2", "Eve"]),
        ("firstName=john&active=0", []),
        ("sort=firstName", ["Eve", "John", "John2"]),
        ("sort=email&direction=desc", ["John", "John2", "Eve"]),
        ("sort=nonsense", ["John", "John2", "Eve"]),
    ],
)
def test_filters_and_order(query, expected, admin):
    assert names(admin, query) == expected


@pytest.mark.parametrize(
    "sort", ["sellerId", "name", "firstName", "lastName", "email", "phone", "active", "posName", "posCity"]
)
def test_every_column_can_be_sorted_by(sort, admin):
    assert sorted(names(admin, f"sort={sort}")) == ["Eve", "John", "John2"]


def test_pages(admin):
    _, body = admin.get(f"{PATH}?page=2&perPage=2")
    assert ([seller["firstName"] for seller in body["sellers"]], body["total"]) == (["Eve"], 3)


def test_administrators_only(admin):
    seller = logged_in(User.objects.get(pk=demo.JOHN))
    assert seller.get(PATH) == FORBIDDEN
    assert with_token(Role.ADMIN, ["customers:read", "points:read"]).get(PATH) == FORBIDDEN
    assert with_token(Role.ADMIN, ["settings:read"]).get(PATH)[0] == 200


def test_a_token_bound_to_a_store_reads_its_sellers_and_those_of_none(admin):
    bound = with_token(Role.ADMIN, ["settings:read"], store=User.objects.get(pk=demo.JOHN).store)
    assert names(bound) == ["John", "Eve"]
    assert names(bound, f"posId={User.objects.get(pk=demo.JOHN_2).store_id}") == []


def test_what_cannot_be_read(boss):
    for query in BAD_QUERIES.values():
        assert boss.get(f"{PATH}?{query}") == BAD_REQUEST
    for body, media, status in UNREADABLE.values():
        assert boss.get(PATH, body, media=media)[0] == status
    for query in [*ODD_QUERIES.values(), "firstName[a]=b&posId[]=1&active[]=1", f"email={'x' * 50_000}"]:
        assert boss.get(f"{PATH}?{query}")[0] == 200


def test_as_many_statements_however_many_sellers(boss):
    """The credential, how many, the page."""
    store, counts = Store.objects.create(name="pos", identifier="pos"), []
    for rows in (1, 10):
        for number in range(rows):
            User.objects.create(username=f"{rows}-{number}", role=Role.SELLER, store=store)
        with statements() as seen:
            boss.get(f"{PATH}?perPage=100")
        counts.append(len(seen))
    assert counts == [3, 3]
