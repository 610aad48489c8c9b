"""Stores with what they sold. Rule: Open Loyalty, "POS API", 'Get the complete list of POS', 'Get POS details'."""

from decimal import Decimal

import pytest

from customers.models import Transaction
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from tests.bad_input import BAD_QUERIES, NO_IDS, ODD_QUERIES, UNREADABLE
from tests.builders import AT
from tests.callers import BAD_REQUEST, FORBIDDEN, NOT_FOUND, UNAUTHORIZED, Caller, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

ALL, TILL = "/api/pos", "/api/seller/pos"
WROCLAW = "00000000-0000-474c-1111-b0dd880c07e2"
WARSAW = "00000000-0000-474c-1111-b0dd880c07e3"
ADDRESS = {"street": "Dmowskiego", "address1": "21", "province": "Dolnośląskie", "postal": "50-300", "country": "PL"}
SHOWN = {
    "posId": WROCLAW,
    "name": "test2",
    "identifier": "pos1",
    "description": "test",
    "location": ADDRESS | {"city": "Wrocław"},
    "transactionsAmount": 133.4,
    "transactionsCount": 3,
    "currency": "eur",
}
BARE = {
    "posId": WARSAW,
    "name": "test1",
    "identifier": "pos2",
    "location": {},
    "transactionsAmount": 0,
    "transactionsCount": 0,
    "currency": "eur",
}


def sell(store, *values, kind="sell"):
    for value in values:
        Transaction.objects.create(
            document_number=f"{kind} {Transaction.objects.count()}",
            document_type=kind,
            store=store,
            purchased_at=AT,
            gross_value=Decimal(value),
            created_at=AT,
        )


@pytest.fixture
def stores():
    wroclaw = Store.objects.create(
        pk=WROCLAW, name="test2", identifier="pos1", description="test", city="Wrocław", **ADDRESS
    )
    sell(wroclaw, "100", "30.4", "10")
    sell(wroclaw, "7", kind="return")
    sell(None, "1000")
    return wroclaw, Store.objects.create(pk=WARSAW, name="test1", identifier="pos2")


@pytest.mark.parametrize("path", [ALL, TILL])
def test_the_list(path, admin, stores):
    status, body = admin.get(path)
    assert (status, list(body)) == (200, ["pos", "total"])
    assert body == {"pos": [BARE, SHOWN], "total": 2}


def test_sellers_read_their_own_list(seller, stores):
    assert seller.get(TILL) == (200, {"pos": [BARE, SHOWN], "total": 2})


@pytest.mark.parametrize("path", [f"{ALL}/{WROCLAW}", f"{ALL}/{WROCLAW.upper()}", f"{ALL}/identifier/pos1"])
def test_one_store(path, admin, stores):
    assert admin.get(path) == (200, SHOWN)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=name&direction=desc", ["pos1", "pos2"]),
        ("sort=identifier", ["pos1", "pos2"]),
        ("sort=location.city&direction=asc", ["pos2", "pos1"]),
        ("sort=posId", ["pos1", "pos2"]),
        ("sort=description", ["pos2", "pos1"]),
        ("sort=transactionsAmount", ["pos2", "pos1"]),
        ("perPage=1&page=2", ["pos1"]),
    ],
)
def test_order_and_pages(query, expected, admin, stores):
    status, body = admin.get(f"{ALL}?{query}")
    assert (status, body["total"]) == (200, 2)
    assert [store["identifier"] for store in body["pos"]] == expected


@pytest.mark.parametrize("path", [ALL, f"{ALL}/identifier"], ids=["id", "identifier"])
def test_what_names_no_store(path, admin, stores):
    assert {bad: admin.get(f"{path}/{no_id}") for bad, no_id in NO_IDS.items()} == dict.fromkeys(NO_IDS, NOT_FOUND)


def test_an_identifier_is_written_as_it_is(admin, stores):
    assert admin.get(f"{ALL}/identifier/POS1") == NOT_FOUND


def test_a_token_bound_to_a_store_sees_that_one(stores):
    till = with_token(Role.SELLER, ["settings:read"], store=stores[1])
    shop = with_token(Role.ADMIN, ["settings:read"], store=stores[1])
    assert [till.get(TILL), shop.get(ALL)] == [(200, {"pos": [BARE], "total": 1})] * 2
    assert shop.get(f"{ALL}/{WARSAW}") == shop.get(f"{ALL}/identifier/pos2") == (200, BARE)
    assert shop.get(f"{ALL}/{WROCLAW}") == shop.get(f"{ALL}/identifier/pos1") == NOT_FOUND


@pytest.mark.parametrize("path", [ALL, TILL, f"{ALL}/{WROCLAW}", f"{ALL}/identifier/pos1"])
def test_who_may(path, admin, seller, member, stores):
    assert (admin.get(path)[0], member.get(path), Caller().get(path)) == (200, FORBIDDEN, UNAUTHORIZED)
    assert seller.get(path)[0] == (200 if path == TILL else 403)
    assert with_token(Role.ADMIN, ["customers:read"]).get(path) == FORBIDDEN


def test_what_cannot_be_read(admin):
    for query in BAD_QUERIES.values():
        assert admin.get(f"{ALL}?{query}") == BAD_REQUEST
    for body, media, status in UNREADABLE.values():
        assert admin.get(ALL, body, media=media)[0] == status
    for query in ODD_QUERIES.values():
        assert admin.get(f"{ALL}?{query}") == (200, {"pos": [], "total": 0})


def test_as_many_statements_however_many_stores_and_sales(admin, stores):
    """The credential, how many, the page, its sales."""
    counts = []
    for rows in (1, 10):
        for number in range(rows):
            sell(Store.objects.create(name="s", identifier=f"{rows} {number}"), *["1"] * rows)
        with statements() as seen:
            admin.get(f"{ALL}?perPage=100")
        counts.append(len(seen))
    assert counts == [4, 4]
