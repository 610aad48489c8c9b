"""The lists of movements. Rule: Open Loyalty, "Points transfers", 'Get a complete list of Points transfers'."""

from urllib.parse import urlencode

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from points import services
from points.models import Transfer
from tests.bad_input import BAD_QUERIES, NO_IDS, ODD_QUERIES, UNREADABLE
from tests.builders import customer, earn, later, note, spend
from tests.callers import BAD_REQUEST, FORBIDDEN, MEMBER_ID, NOT_FOUND, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

ALL, TILL, OWN = "/api/points/transfer", "/api/seller/points/transfer", "/api/customer/points/transfer"
JOHN = {
    "first_name": "John",
    "last_name": "Doe",
    "email": "user@oloy.com",
    "phone": "11111",
    "card_number": "47834433524",
}


@pytest.fixture
def john():
    return customer(pk=MEMBER_ID, **JOHN)


def listed(caller, path=ALL, **asked):
    status, body = caller.get(f"{path}?{urlencode(asked, doseq=True)}")
    assert status == 200
    assert list(body) == ["transfers", "total"]
    return body


def values(caller, path=ALL, **asked):
    body = listed(caller, path, **asked)
    assert body["total"] == len(body["transfers"])
    return [row["value"] for row in body["transfers"]]


# --- the object ----------------------------------------------------------------------------------------------------


def test_an_addition(admin, john):
    row = services.earn(john.pk, 100, at=later(), note=note(comment="welcome"))
    assert listed(admin) == {
        "transfers": [
            {
                "pointsTransferId": str(row.pk),
                "accountId": str(MEMBER_ID),
                "customerId": str(MEMBER_ID),
                "customerFirstName": "John",
                "customerLastName": "Doe",
                "customerLoyaltyCardNumber": "47834433524",
                "customerEmail": "user@oloy.com",
                "customerPhone": "11111",
                "createdAt": "2026-03-02T13:00:00+0100",
                "expireAt": "2026-04-01T23:59:59+0200",
                "expiresAt": "2026-04-01T23:59:59+0200",
                "value": 100,
                "state": "active",
                "type": "adding",
                "comment": "welcome",
                "issuer": "admin",
            }
        ],
        "total": 1,
    }


def test_a_spending_of_somebody_without_a_name(admin):
    who = customer(points=10)
    row = spend(who, 4, at=later(hours=1))
    assert listed(admin)["transfers"][0] == {
        "pointsTransferId": str(row.pk),
        "accountId": str(who.pk),
        "customerId": str(who.pk),
        "createdAt": "2026-03-02T14:00:00+0100",
        "value": 4,
        "state": "active",
        "type": "spending",
        "issuer": "admin",
    }


@pytest.mark.parametrize(
    ("channel", "issuer"),
    [
        ("admin", "admin"),
        ("seller", "seller"),
        ("partner", "api"),
        ("sale", "system"),
        ("reward", "system"),
        ("system", "system"),
    ],
)
def test_who_issued_it(channel, issuer, admin):
    services.earn(customer().pk, 1, at=later(), note=note(channel=Transfer.Channel(channel)))
    assert [row["issuer"] for row in listed(admin)["transfers"]] == [issuer]


def test_states(admin):
    who = customer(points=1, valid=-1)
    services.cancel(earn(who, 2).pk, at=later(), note=note())
    earn(who, 3)
    services.reverse(spend(who, 3).pk, at=later(), note=note())
    assert {(row["value"], row["type"], row["state"]) for row in listed(admin)["transfers"]} == {
        (1, "adding", "expired"),
        (2, "adding", "canceled"),
        (3, "adding", "active"),
        (3, "spending", "canceled"),
    }


# --- order and pages -----------------------------------------------------------------------------------------------


def hours(*points):
    """Additions an hour apart to one customer."""
    who = customer()
    for number, n in enumerate(points):
        earn(who, n, at=later(hours=number))
    return who


def test_the_latest_come_first(admin):
    hours(5, 7, 6)
    assert values(admin) == [6, 7, 5]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sort": "createdAt"}, [5, 7, 6]),
        ({"sort": "createdAt", "direction": "desc"}, [6, 7, 5]),
        ({"sort": "value"}, [5, 6, 7]),
        ({"sort": "value", "direction": "DESC"}, [7, 6, 5]),
        ({"sort": "nonsense", "direction": "asc"}, [6, 7, 5]),
    ],
)
def test_sorted(asked, expected, admin):
    hours(5, 7, 6)
    assert values(admin, **asked) == expected


def test_a_spending_is_sorted_by_how_much_it_took(admin):
    who = customer(points=3)
    spend(who, 2)
    assert values(admin, sort="value") == [2, 3]


@pytest.mark.parametrize(
    "sort",
    [
        "pointsTransferId",
        "expireAt",
        "expiresAt",
        "type",
        "issuer",
        "customerId",
        "customerLastName",
    ],
)
def test_every_column_can_be_sorted_by(sort, admin, john):
    earn(john, 5)
    customer(points=7)
    assert sorted(values(admin, sort=sort)) == [5, 7]


def test_names_are_sorted(admin):
    for name in ("Bo", "Al", "Cy"):
        customer(points=1, last_name=name)
    rows = listed(admin, sort="customerLastName")["transfers"]
    assert [row["customerLastName"] for row in rows] == ["Al", "Bo", "Cy"]


def test_pages(admin):
    hours(1, 2, 3)
    pages = [listed(admin, page=page, perPage=2) for page in (1, 2, 3)]
    assert [([row["value"] for row in page["transfers"]], page["total"]) for page in pages] == [
        ([3, 2], 3),
        ([1], 3),
        ([], 3),
    ]


# --- filters -------------------------------------------------------------------------------------------------------


@pytest.fixture
def everybody(john):
    """John with 1 point; Jane, of the same last name, with 2 points; Łucja with 4."""
    earn(john, 1)
    customer(points=2, first_name="Jane", last_name="Doe", email="Jane@Oloy.com", phone="111112222")
    customer(points=4, first_name="Łucja", last_name="Żak", email="lucja@oloy.com", phone="+48 500")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"customerId": MEMBER_ID}, [1]),
        ({"customerId": str(MEMBER_ID).upper()}, [1]),
        ({"customerFirstName": "John"}, [1]),
        ({"customerFirstName": "jo"}, [1]),
        ({"customerFirstName": "j"}, [1, 2, 4]),
        ({"customerFirstName": "ucja"}, [4]),
        ({"customerLastName": "Doe"}, [1, 2]),
        ({"customerLastName": "doe", "customerFirstName": "jane"}, [2]),
        ({"customerLastName": "oe"}, [1, 2]),
        ({"customerEmail": "jane@oloy.com"}, [2]),
        ({"customerEmail": "oloy"}, [1, 2, 4]),
        ({"customerPhone": "11111"}, [1, 2]),
        ({"customerPhone": "11111", "customerEmail": "jane@oloy.com"}, [2]),
        ({"customerId": MEMBER_ID, "customerPhone": "111112222"}, []),
        ({"customerFirstName": "", "customerEmail": " ", "customerPhone": ""}, [1, 2, 4]),
        ({"customerFirstName": "%"}, []),
        ({"customerFirstName": "x" * 256}, []),
    ],
    ids=str,
)
def test_by_customer(asked, expected, admin, everybody):
    assert sorted(values(admin, **asked)) == expected


def test_an_id_that_names_nobody_finds_nothing(admin):
    customer(points=1)
    answers = {bad: admin.get(f"{ALL}?customerId={no_id}") for bad, no_id in NO_IDS.items()}
    unreadable = dict.fromkeys(("a NUL", "not UTF-8", "half a surrogate pair"), BAD_REQUEST)
    assert answers == dict.fromkeys(NO_IDS, (200, {"transfers": [], "total": 0})) | unreadable


@pytest.fixture
def every_state(john):
    """Of additions one expired, one canceled and one active; of spendings one active and one canceled."""
    earn(john, 1, valid=-1)
    services.cancel(earn(john, 2).pk, at=later(), note=note())
    earn(john, 100)
    spend(john, 10)
    services.reverse(spend(john, 20).pk, at=later(), note=note())


STATES = [
    ({"state": "active"}, [10, 100]),
    ({"state": "expired"}, [1]),
    ({"state": "canceled"}, [2, 20]),
    ({"state": "pending"}, []),
    ({"state": "nonsense"}, []),
    ({"state": ""}, [1, 2, 10, 20, 100]),
    ({"state[]": ["active", "expired"]}, [1, 10, 100]),
    ({"state[0]": "expired", "state[1]": "canceled"}, [1, 2, 20]),
    ({"state[]": ["active", "expired", "pending", "canceled"]}, [1, 2, 10, 20, 100]),
    ({"type": "adding"}, [1, 2, 100]),
    ({"type": "spending"}, [10, 20]),
    ({"type": "nonsense"}, []),
    ({"type": "spending", "state": "active"}, [10]),
    ({"type": "adding", "state[]": ["expired", "canceled"]}, [1, 2]),
]


@pytest.mark.parametrize(("asked", "expected"), STATES, ids=str)
def test_by_state_and_type(asked, expected, admin, every_state):
    assert sorted(values(admin, **asked)) == expected


@pytest.mark.parametrize(("asked", "expected"), STATES[:4], ids=str)
def test_also_among_ones_own(asked, expected, member, every_state):
    assert sorted(values(member, OWN, **asked)) == expected


# --- who sees what -------------------------------------------------------------------------------------------------


def test_sellers_see_everybodys(seller, everybody):
    assert sorted(values(seller, TILL)) == [1, 2, 4]


def test_customers_see_their_own_whatever_they_ask_for(member, everybody):
    stranger = Transfer.objects.get(points=2).account_id
    assert values(member, OWN) == [1]
    assert values(member, OWN, customerId=stranger, customerFirstName="Jane") == [1]


def test_ones_own_come_the_latest_first(member, john):
    for points in (5, 7, 6):
        earn(john, points)
    assert values(member, OWN) == [6, 7, 5]
    assert values(member, OWN, sort="value") == [5, 6, 7]


def test_a_log_in_without_a_customer_has_none(member):
    assert member.get(OWN) == NOT_FOUND


def test_nobody_else_has_movements_of_their_own(admin, seller):
    assert [caller.get(OWN) for caller in (admin, seller, with_token(Role.ADMIN))] == [FORBIDDEN] * 3


def test_a_customers_token_names_no_customer():
    assert with_token(Role.CUSTOMER).get(OWN) == NOT_FOUND


@pytest.mark.parametrize(("role", "path"), [(Role.ADMIN, ALL), (Role.SELLER, TILL)])
def test_a_token_bound_to_a_store_sees_its_customers_and_those_of_none(role, path):
    ours, theirs = (Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2"))
    for points, store in ((1, ours), (2, None), (4, theirs)):
        customer(points=points, store=store)
    assert sorted(values(with_token(role, store=ours), path)) == [1, 2]
    assert sorted(values(with_token(role), path)) == [1, 2, 4]


def test_the_movements_of_somebody_erased_have_no_name(admin):
    who = customer(points=1)
    type(who).objects.update(status="erased")
    assert values(admin) == [1]


# --- what cannot be read, and how much is asked ---------------------------------------------------------------------


def test_what_cannot_be_read(admin):
    for query in BAD_QUERIES.values():
        assert admin.get(f"{ALL}?{query}") == BAD_REQUEST
    for body, media, status in UNREADABLE.values():
        assert admin.get(ALL, body, media=media)[0] == status


ODD = ODD_QUERIES | {
    "groups": "state[a][b]=active&type[]=adding&customerId[]=1&customerEmail[a]=b&customerFirstName[]=x",
    "numbers": "state=1&type=0&customerPhone=-1",
    "long": f"customerFirstName={'x' * 50_000}&customerEmail={'y' * 50_000}",
}


@pytest.mark.parametrize("path", [ALL, OWN])
def test_an_odd_query(path, admin, member, john):
    caller = admin if path == ALL else member
    for odd, query in ODD.items():
        assert caller.get(f"{path}?{query}")[0] == 200, odd


@pytest.mark.parametrize("path", [ALL, TILL, OWN])
def test_as_many_statements_however_many_rows(path, admin, member, john):
    """The credential, how many, the page, its customers, its corrections; for a customer, who it is."""
    caller = member if path == OWN else admin
    counts = []
    for _ in range(2):
        for _ in range(5):
            services.cancel(earn(john, 5).pk, at=later(), note=note())
            customer(points=3)
        with statements() as seen:
            assert listed(caller, path, perPage=100)["total"] in {5, 10, 20}
        counts.append(len(seen))
    assert counts == [6 if path == OWN else 5] * 2
