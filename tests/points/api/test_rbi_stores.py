"""A partner's token that is bound to a store reaches that store's customers and those of none."""

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from offers.models import CustomerOffer
from tests.books import books
from tests.builders import customer, earn
from tests.callers import partner, with_token
from tests.offers.builders import offer
from tests.rbi import RBI_SCOPES, USER_NOT_FOUND, rbi_partner

pytestmark = pytest.mark.django_db

WEEK = {"startDate": "2026-03-01", "endDate": "2026-03-08"}


@pytest.fixture
def bound():
    """To the store "here"."""
    rbi_partner()
    here = Store.objects.create(name="here", identifier="here")
    return with_token(Role.PARTNER, RBI_SCOPES, partner=partner(), store=here)


@pytest.fixture
def prize():
    return offer(partners=[partner()])


def customer_of(store: str | None):
    found = store and Store.objects.get_or_create(identifier=store, defaults={"name": store})[0]
    who = customer(store=found, email="ann@example.com")
    earn(who, 10)
    return who


def calls(who, prize):
    """Every call about the customer, by id and by e-mail."""
    root = f"/loyalty/user/{who.pk}"
    named = [{"userId": str(who.pk)}, {"email": who.email}]
    prizes = [{"source": "game", "configId": str(prize.pk), "ruleParams": WEEK} | by for by in named]
    points = [{"source": "game", "pointsEarned": 5} | by for by in named]
    return {
        "profile": ("GET", root, None),
        "balance": ("GET", f"{root}/points", None),
        "add": ("POST", f"{root}/points", {"points": 5, "partner": "Partner"}),
        "remove": ("POST", f"{root}/points", {"points": -5, "partner": "Partner"}),
        "movements": ("GET", f"{root}/transactions", None),
        "offers": ("GET", f"{root}/offers", None),
        "search": ("POST", "/transactions/search", {"loyaltyId": str(who.pk)}),
        "assign by id": ("POST", "/bulk-action/hot/assign-points", points[0]),
        "assign by e-mail": ("POST", "/bulk-action/hot/assign-points", points[1]),
        "assign later by id": ("POST", "/bulk-action/cold/assign-points", points[0]),
        "assign later by e-mail": ("POST", "/bulk-action/cold/assign-points", points[1]),
        "give by id": ("POST", "/bulk-action/hot/create-offer", prizes[0]),
        "give by e-mail": ("POST", "/bulk-action/hot/create-offer", prizes[1]),
        "give later by id": ("POST", "/bulk-action/cold/create-offer", prizes[0]),
        "give later by e-mail": ("POST", "/bulk-action/cold/create-offer", prizes[1]),
    }


NAMES = (
    *("profile", "balance", "add", "remove", "movements", "offers", "search"),
    *("assign by id", "assign by e-mail", "give by id", "give by e-mail"),
    *("assign later by id", "assign later by e-mail", "give later by id", "give later by e-mail"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_customer_of_another_store_is_unknown(name, bound, prize):
    who = customer_of("there")
    before = books()
    method, path, body = calls(who, prize)[name]
    answer = bound.send(method, path, body)
    assert (answer.status_code, answer.json()) == USER_NOT_FOUND
    assert books() == before
    assert CustomerOffer.objects.count() == 0


@pytest.mark.parametrize("store", ["here", None])
@pytest.mark.parametrize("name", NAMES)
def test_a_customer_of_the_store_or_of_none_is_known(name, store, bound, prize):
    who = customer_of(store)
    method, path, body = calls(who, prize)[name]
    assert bound.send(method, path, body).status_code == 200


@pytest.mark.parametrize("name", ["assign by id", "give by id"])
@pytest.mark.parametrize(("store", "status"), [("there", 404), ("here", 200), (None, 200)])
def test_what_was_done_for_a_customer_of_another_store_cannot_be_traced(name, store, status, bound, prize):
    method, path, body = calls(customer_of(store), prize)[name]
    everywhere = with_token(Role.PARTNER, RBI_SCOPES, partner=partner())
    trace = everywhere.send(method, path, body).json()["traceId"]
    assert everywhere.get(f"/bulk-action/{trace}")[0] == 200
    assert bound.get(f"/bulk-action/{trace}")[0] == status
