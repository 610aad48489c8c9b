"""Lists of customers, and one customer. Rule: Open Loyalty, "Customer API"."""

import pytest

from customers import services
from customers.api.customer_object import asked_for, customer_objects
from customers.models import Customer, Segment
from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from loyalty_site.api.rendering import plain
from tests.builders import SHOP, buy, campaign, customer, later
from tests.callers import FORBIDDEN, MEMBER_ID, NOT_FOUND, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

PEOPLE = {
    "john": {"first_name": "John", "last_name": "Doe", "email": "user@oloy.com", "phone": "11111"},
    "jane": {
        "first_name": "Jane",
        "last_name": "Doe",
        "email": "User-Temp@oloy.com",
        "phone": "111112222",
        "card_number": "0000",
        "city": "Warszawa",
        "postal": "00-000",
    },
    "alice": {"first_name": "Alice", "last_name": "Smith", "email": "user-2@oloy.com", "phone": "+48456457000"},
}


@pytest.fixture
def people():
    """Three customers; Alice came last."""
    return {
        name: customer(created_at=later(day), **fields) for day, (name, fields) in enumerate(PEOPLE.items(), start=1)
    }


def shown(who, purchases=()):
    (body,) = customer_objects([asked_for(Customer.objects.all()).get(pk=who.pk)])
    return plain(body | {"campaignPurchases": list(purchases)})


def names(answer):
    status, body = answer
    assert status == 200
    return [one["firstName"].lower() for one in body["customers"]]


# --- list ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/customer", "/api/admin/customer"])
def test_everybody_the_latest_first(path, admin, people):
    wanted = [shown(people[name]) for name in ("alice", "jane", "john")]
    assert admin.get(path) == (200, {"customers": wanted, "total": 3})


def test_with_what_they_bought(seller):
    who, reward = customer(points=10), campaign()
    buy(reward, who)
    _, body = seller.get("/api/customer")
    (bought,) = body["customers"][0]["campaignPurchases"]
    assert (bought["campaignId"], bought["coupon"]) == (str(reward.pk), {"code": "A"})


@pytest.mark.parametrize(("codes", "shown"), [([scopes.COUPONS_READ], {"code": "A"}), ([], {})])
def test_a_token_sees_what_codes_were_bought_if_it_sees_codes(codes, shown):
    who = customer(points=10, email="user@oloy.com")
    buy(campaign(), who)
    till = with_token(Role.SELLER, [scopes.CUSTOMERS_READ, *codes])
    search = "/api/pos/search/customer", {"search": {"email": "user@"}}
    for _, body in (till.get("/api/customer"), till.post(*search)):
        assert body["customers"][0]["campaignPurchases"][0]["coupon"] == shown
    assert till.get(f"/api/customer/{who.pk}")[1]["campaignPurchases"][0]["coupon"] == shown


def test_customers_see_the_codes_that_they_bought(member):
    who = customer(pk=MEMBER_ID, points=10)
    buy(campaign(), who)
    assert member.get(f"/api/customer/{who.pk}")[1]["campaignPurchases"][0]["coupon"] == {"code": "A"}


def test_who_was_erased_is_not_listed(admin):
    customer(status=Customer.Status.ERASED)
    assert admin.get("/api/customer") == (200, {"customers": [], "total": 0})


FILTERS = {
    "firstName=ali": ["alice"],
    "lastName=doe": ["jane", "john"],
    "lastName=OE": ["jane", "john"],
    "phone=1111": ["jane", "john"],
    "email=OLOY.com": ["alice", "jane", "john"],
    "email=temp": ["jane"],
    "emailOrPhone=2222": ["jane"],
    "emailOrPhone=user-": ["alice", "jane"],
    "loyaltyCardNumber=00": ["jane"],
    "city=warsz": ["jane"],
    "postcode=00-": ["jane"],
    "lastName=doe&firstName=jo": ["john"],
    "lastName=doe&firstName=ali": [],
    "email=%25": [],
    "email=_": [],
    "email=": ["alice", "jane", "john"],
    "firstName[]=ali": ["alice", "jane", "john"],
    "firstName=ali&strict=1": [],
    "firstName=alice&strict=1": ["alice"],
    "lastName=DOE&strict=1": ["jane", "john"],
    "phone=11111&strict=1": ["john"],
    "email=user-temp@OLOY.com&strict=1": ["jane"],
    "email=oloy.com&strict=1": [],
    "emailOrPhone=user@oloy.com&strict=1": ["john"],
    "emailOrPhone=111112222&strict=true": ["jane"],
    "loyaltyCardNumber=000&strict=1": [],
    "loyaltyCardNumber=0000&strict=1": ["jane"],
    "email=temp&strict=0": ["jane"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_filters(query, admin, people):
    answer = admin.get(f"/api/customer?{query}")
    assert names(answer) == FILTERS[query]
    assert answer[1]["total"] == len(FILTERS[query])


def test_filters_may_be_sent_in_the_body(admin, people):
    assert names(admin.get("/api/customer", "email=oloy.com&strict=0&page=1&perPage=2&sort=phone")) == ["alice", "john"]


@pytest.mark.parametrize("query", ["phone=11111", "emailOrPhone=11111", "email=USER@oloy.com"])
def test_whose_text_it_is_comes_first(query, admin, people):
    """Clients that look somebody up by e-mail or phone take the first."""
    customer(first_name="Later", created_at=later(9), email="another.user@oloy.com", phone="9911111")
    assert names(admin.get(f"/api/customer?{query}"))[0] == "john"


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("sort=email&direction=desc", ["john", "jane", "alice"]),
        ("sort=email", ["alice", "jane", "john"]),
        ("sort=createdAt&direction=asc", ["john", "jane", "alice"]),
        ("sort=unknown&direction=asc", ["alice", "jane", "john"]),
        ("sort=email&perPage=1&page=2", ["jane"]),
        ("page=2", []),
    ],
)
def test_sorting_and_pages(query, order, admin, people):
    answer = admin.get(f"/api/customer?{query}")
    assert (names(answer), answer[1]["total"]) == (order, 3)


@pytest.fixture
def stores():
    return [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]


def test_a_store_sees_its_own_customers_and_those_of_none(stores):
    for name, store in (("own", stores[0]), ("other", stores[1]), ("none", None)):
        customer(first_name=name, last_name="x", store=store)
    till = with_token(Role.SELLER, store=stores[0])
    assert set(names(till.get("/api/customer"))) == {"own", "none"}
    assert set(names(till.post("/api/pos/search/customer", {"search": {"lastName": "x"}}))) == {"own", "none"}


@pytest.mark.parametrize("many", [1, 20])
def test_a_list_takes_the_same_queries_however_long(many, admin):
    """The caller, the total, the customers, their sales and their purchases."""
    reward = campaign([f"C{n}" for n in range(many)], limit=100)
    store = Store.objects.create(name="pos", identifier="pos")
    for _ in range(many):
        buy(reward, customer(points=10, store=store))
    with statements() as seen:
        assert len(admin.get("/api/customer?perPage=100")[1]["customers"]) == many
    assert len(seen) == 5


# --- one -------------------------------------------------------------------------------------------------------------


def test_one_by_id_or_card_with_segments(seller, people):
    regulars = Segment.objects.create(name="regulars")
    jane = people["jane"]
    services.put_into_segment(regulars, [jane.pk], **SHOP)
    wanted = shown(jane) | {"segments": [{"segmentId": str(regulars.pk), "name": "regulars"}]}
    assert seller.get(f"/api/customer/{jane.pk}") == (200, wanted)
    assert seller.get("/api/customer/0000") == (200, wanted)


@pytest.mark.parametrize("text", ["00000000-0000-474c-b092-000000000000", "00", "%00"])
def test_nobody(text, admin):
    assert admin.get(f"/api/customer/{text}") == NOT_FOUND


def test_a_store_does_not_see_a_customer_of_another(stores):
    stranger = customer(store=stores[1], card_number="1")
    till = with_token(Role.SELLER, store=stores[0])
    assert till.get(f"/api/customer/{stranger.pk}") == NOT_FOUND
    assert till.get("/api/customer/1") == NOT_FOUND


def test_customers_read_themselves(member):
    own = customer(pk=MEMBER_ID, card_number="0000", first_name="Jane")
    wanted = 200, shown(own) | {"segments": []}
    assert member.get(f"/api/customer/{MEMBER_ID}") == wanted
    assert member.get("/api/customer/0000") == wanted


def test_customers_do_not_read_others_nor_learn_who_there_is(member):
    customer(pk=MEMBER_ID)
    other = customer(card_number="1")
    for text in (other.pk, "1", "2", "00000000-0000-474c-b092-000000000000"):
        assert member.get(f"/api/customer/{text}") == FORBIDDEN


@pytest.mark.parametrize("many", [1, 10])
def test_one_takes_the_same_queries_whatever_there_is_of_him_or_her(many, admin):
    """The caller, the customer, the purchases, the sales, the level and the segments."""
    who, reward = customer(points=1_000), campaign([f"C{n}" for n in range(many)], limit_per_customer=100)
    for n in range(many):
        buy(reward, who)
        services.put_into_segment(Segment.objects.create(name=f"segment {n}"), [who.pk], **SHOP)
    with statements() as seen:
        _, body = admin.get(f"/api/customer/{who.pk}")
    assert (len(body["campaignPurchases"]), len(body["segments"])) == (many, many)
    assert len(seen) == 6


# --- segments --------------------------------------------------------------------------------------------------------


def test_customers_of_a_segment(admin, people):
    regulars = Segment.objects.create(name="regulars")
    services.put_into_segment(regulars, [people["john"].pk, people["jane"].pk], **SHOP)
    more = {"segmentId": str(regulars.pk), "segmentName": "regulars"}
    path = f"/api/segment/{regulars.pk}/customers"
    wanted = [more | shown(people[name]) for name in ("jane", "john")]
    assert admin.get(path) == (200, {"customers": wanted, "total": 2})
    assert names(admin.get(f"{path}?firstName=jo")) == ["john"]


# --- at the till -----------------------------------------------------------------------------------------------------

SEARCH = "/api/pos/search/customer"


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"phone": "1111"}, ["jane", "john"]),
        ({"email": "user@oloy"}, ["john"]),
        ({"loyaltyCardNumber": "000"}, ["jane"]),
        ({"firstName": "j", "lastName": "DOE"}, ["jane", "john"]),
        ({"firstName": "alice", "lastName": "doe"}, []),
        ({"city": "Warsz", "postcode": "00-000"}, ["jane"]),
        ({"phone": 11111}, ["jane", "john"]),
        ({"phone": "", "email": None, "firstName": "ali"}, ["alice"]),
        ({"unknown": "x"}, ["jane", "john", "alice"]),
        ({}, ["jane", "john", "alice"]),
    ],
)
def test_searching_at_the_till(search, found, seller, people):
    """In order of their names."""
    assert names(seller.post(SEARCH, {"search": search})) == found


def test_what_is_found_at_the_till(seller, people):
    assert seller.post(SEARCH, "search[phone]=111112222") == (200, {"customers": [shown(people["jane"])]})


def test_too_many_at_the_till(seller):
    for n in range(11):
        customer(first_name="John", last_name=str(n))
    assert seller.post(SEARCH, {"search": {"firstName": "john"}}) == (400, {"error": "too many results"})
    Customer.objects.filter(last_name="10").update(status=Customer.Status.ERASED)
    assert len(names(seller.post(SEARCH, {"search": {"firstName": "john"}}))) == 10


def test_a_search_that_was_not_sent(seller):
    fields = ("loyaltyCardNumber", "phone", "email", "firstName", "lastName", "city", "postcode")
    assert seller.post(SEARCH, {}) == (400, {"form": {"children": {name: {} for name in fields}}, "errors": []})
