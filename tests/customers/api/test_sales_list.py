"""A customer's sales. Rule: Open Loyalty, "Transactions", 'Get a list of transactions (customer)'."""

from decimal import Decimal

import pytest

from customers.models import Transaction, TransactionItem
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from tests.bad_input import BAD_QUERIES, NO_IDS, ODD_QUERIES, UNREADABLE
from tests.builders import AT, customer, later
from tests.callers import BAD_REQUEST, FORBIDDEN, MEMBER_ID, NOT_FOUND, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

PATH = "/api/customer/transaction"
OF_JOHN = f"{PATH}?customerId={MEMBER_ID}"


@pytest.fixture
def john():
    return customer(pk=MEMBER_ID, card_number="47834433524")


def sell(who, document, value="3", *, days=0, store=None, kind="sell", lines=0):
    sale = Transaction.objects.create(
        document_number=document,
        document_type=kind,
        customer=who,
        store=store,
        purchased_at=later(days),
        gross_value=Decimal(value),
        created_at=AT,
    )
    TransactionItem.objects.bulk_create(
        TransactionItem(transaction=sale, position=n, sku=f"SKU{n}", name=f"item {n}", gross_value=n)
        for n in range(lines, 0, -1)
    )
    return sale


def documents(caller, query=""):
    status, body = caller.get(f"{OF_JOHN}&{query}")
    assert (status, list(body), body["total"]) == (200, ["transactions", "total"], len(body["transactions"]))
    return [sale["documentNumber"] for sale in body["transactions"]]


def test_a_sale(admin, john):
    store = Store.objects.create(name="test2", identifier="pos1")
    sale = sell(john, "456", "3.50", store=store, lines=2)
    TransactionItem.objects.filter(position=2).update(category="aaa", maker="sss", quantity="1.5")
    assert admin.get(OF_JOHN) == (
        200,
        {
            "transactions": [
                {
                    "grossValue": 3.5,
                    "transactionId": str(sale.pk),
                    "documentNumber": "456",
                    "documentType": "sell",
                    "purchaseDate": "2026-03-02T13:00:00+0100",
                    "customerId": str(MEMBER_ID),
                    "posId": str(store.pk),
                    "items": [
                        {"sku": {"code": "SKU1"}, "name": "item 1", "quantity": 1, "grossValue": 1},
                        {
                            "sku": {"code": "SKU2"},
                            "name": "item 2",
                            "quantity": 1.5,
                            "grossValue": 2,
                            "category": "aaa",
                            "maker": "sss",
                        },
                    ],
                    "currency": "eur",
                }
            ],
            "total": 1,
        },
    )


def test_one_of_no_store(admin, john):
    sell(john, "1")
    (sale,) = admin.get(OF_JOHN)[1]["transactions"]
    assert ("posId" in sale, sale["items"]) == (False, [])


@pytest.fixture
def several(john):
    """Three of John's, and one of somebody else."""
    store = Store.objects.create(pk="00000000-0000-474c-1111-b0dd880c07e2", name="test2", identifier="pos1")
    sell(john, "B", "9", days=-1, store=store)
    sell(john, "A", "5", days=-2)
    sell(john, "C", "7", days=0, kind="return")
    sell(customer(), "X")
    sell(None, "Y")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["C", "B", "A"]),
        ("documentType=return", ["C"]),
        ("documentType=sell", ["B", "A"]),
        ("documentType=nonsense", []),
        ("documentNumber=A", ["A"]),
        ("posId=00000000-0000-474c-1111-b0dd880c07e2", ["B"]),
        ("posId=pos1", []),
        ("sort=documentNumber", ["A", "B", "C"]),
        ("sort=grossValue&direction=desc", ["B", "C", "A"]),
        ("sort=purchaseDate", ["A", "B", "C"]),
        ("sort=nonsense&direction=asc", ["C", "B", "A"]),
    ],
)
def test_filters_and_order(query, expected, admin, member, several):
    assert documents(admin, query) == documents(member, query) == expected


@pytest.mark.parametrize("sort", ["transactionId", "documentType", "posId"])
def test_every_column_can_be_sorted_by(sort, admin, several):
    assert sorted(documents(admin, f"sort={sort}")) == ["A", "B", "C"]


def test_pages(admin, several):
    _, body = admin.get(f"{OF_JOHN}&page=2&perPage=2")
    assert ([sale["documentNumber"] for sale in body["transactions"]], body["total"]) == (["A"], 3)


def test_a_card_number_names_the_customer_too(admin, several):
    assert admin.get(f"{PATH}?customerId=47834433524") == admin.get(OF_JOHN)


def test_customers_see_their_own_whatever_they_ask_for(member, several):
    stranger = Transaction.objects.get(document_number="X").customer_id
    own = member.get(PATH)
    assert [sale["documentNumber"] for sale in own[1]["transactions"]] == ["C", "B", "A"]
    assert member.get(f"{PATH}?customerId={stranger}") == own


def test_whoever_is_no_customer_must_name_one(admin, several):
    for query in ("", "?customerId=", "?customerId[a]=b", "?customerId[]=1"):
        assert admin.get(f"{PATH}{query}") == BAD_REQUEST


def test_an_id_that_names_nobody(admin, several):
    answers = {bad: admin.get(f"{PATH}?customerId={no_id}") for bad, no_id in NO_IDS.items()}
    unreadable = dict.fromkeys(("a NUL", "not UTF-8", "half a surrogate pair"), BAD_REQUEST)
    assert answers == dict.fromkeys(NO_IDS, NOT_FOUND) | unreadable


def test_a_log_in_without_a_customer_has_none(member):
    assert member.get(PATH) == NOT_FOUND


def test_who_may(seller, several):
    assert seller.get(OF_JOHN) == FORBIDDEN
    assert with_token(Role.ADMIN, ["settings:read", "points:read"]).get(OF_JOHN) == FORBIDDEN
    assert with_token(Role.ADMIN, ["customers:read"]).get(OF_JOHN)[0] == 200
    assert with_token(Role.CUSTOMER, ["customers:read"]).get(OF_JOHN) == NOT_FOUND


def test_a_token_bound_to_a_store_sees_its_customers(john):
    ours, theirs = (Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2"))
    till = with_token(Role.ADMIN, store=ours)
    for store, status in ((ours, 200), (theirs, 404)):
        assert till.get(f"{PATH}?customerId={customer(store=store).pk}")[0] == status


def test_what_cannot_be_read(admin, john):
    for query in BAD_QUERIES.values():
        assert admin.get(f"{OF_JOHN}&{query}") == BAD_REQUEST
    for body, media, status in UNREADABLE.values():
        assert admin.get(OF_JOHN, body, media=media)[0] == status
    for query in [*ODD_QUERIES.values(), "documentType[]=sell&posId[a]=b&documentNumber[]=1"]:
        assert admin.get(f"{OF_JOHN}&{query}") == (200, {"transactions": [], "total": 0})


def test_as_many_statements_however_many_sales(admin, john):
    """The credential, the customer, how many, the page, its lines."""
    counts = []
    for rows in (1, 10):
        for number in range(rows):
            sell(john, f"{rows}-{number}", lines=rows)
        with statements() as seen:
            admin.get(f"{OF_JOHN}&perPage=100")
        counts.append(len(seen))
    assert counts == [5, 5]
