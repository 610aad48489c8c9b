"""A client bound to a store reaches that store's customers and those of none."""

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from loyalty_site.access.scopes import OFFERS_ANSWER, OFFERS_READ
from offers.models import MemberSession
from tests.builders import customer
from tests.callers import with_token
from tests.offers.api.es import NOT_TARGETED, path_of, refused, say, session
from tests.offers.builders import given, offer, stands

pytestmark = pytest.mark.django_db

NO_ACCOUNT = refused(404, "Account does not exist", "ACCOUNT_NOT_FOUND")


@pytest.fixture
def here():
    return Store.objects.create(name="here", identifier="here")


@pytest.fixture
def there():
    return Store.objects.create(name="there", identifier="there")


@pytest.fixture
def bound(here):
    return with_token(Role.PARTNER, [OFFERS_READ, OFFERS_ANSWER], store=here)


def calls(made, named):
    """Every call about the member, by what the member is called in it."""
    root = f"/client/users/{named}"
    return [
        ("PUT", path_of(made, named), say("ACCEPTED")),
        ("POST", f"{root}/offers", say("ACCEPTED")),
        ("GET", f"{root}/offers", None),
        ("GET", f"{root}/offers/future", None),
        ("GET", f"{root}/offer", None),
    ]


@pytest.mark.parametrize("call", range(5))
@pytest.mark.parametrize("by_session", [False, True])
def test_a_member_of_another_store_has_no_offers(call, by_session, bound, there):
    made = given(offer(), customer(store=there))
    session(made, "mck-1")  # opened with another token of the same partner
    method, path, body = calls(made, "mck-1" if by_session else made.customer_id)[call]
    told = AuditEntry.objects.count()
    answer = bound.send(method, path, body)
    assert (answer.status_code, answer.json()) == NOT_TARGETED
    assert stands(made) == ("NONE", None, 1)
    assert AuditEntry.objects.count() == told


@pytest.mark.parametrize("call", range(5))
@pytest.mark.parametrize("of_the_store", [False, True])
def test_a_member_of_the_store_or_of_none_has_them(call, of_the_store, bound, here):
    made = given(offer(), customer(store=here if of_the_store else None))
    method, path, body = calls(made, made.customer_id)[call]
    assert bound.send(method, path, body).status_code == 200
    assert stands(made)[0] == ("ACCEPTED" if body else "NONE")


def test_no_session_is_opened_for_a_member_of_another_store(bound, there):
    who = customer(store=there)
    assert bound.post(f"/client/users/{who.pk}/sessions", {"correlationId": "mck-1"}) == NO_ACCOUNT
    assert MemberSession.objects.count() == 0


def test_a_session_is_opened_for_a_member_of_the_store(bound, here):
    who = customer(store=here)
    status, body = bound.post(f"/client/users/{who.pk}/sessions", {"correlationId": "mck-1"})
    assert (status, body["accountId"]) == (200, str(who.pk))
