"""The customer whom a path names: by id or by card number, in the caller's sight."""

from uuid import UUID

import pytest

from customers.api.path import customer_id_in_path, customer_id_in_sight, customer_in_path
from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access.actors import Principal, Role
from loyalty_site.access.models import Store
from tests.builders import customer
from tests.statements import statements

pytestmark = pytest.mark.django_db

SOMEBODY = UUID("00000000-0000-474c-b092-b0dd880c07e4")
UNKNOWN = ["", " ", "0", "4783443352", "47834433524 ", "\x00", "\ud800", "x" * 500, str(SOMEBODY)]


@pytest.fixture
def caller():
    return Principal("user", SOMEBODY, "till", Role.SELLER)


@pytest.fixture
def member():
    return customer(card_number="47834433524")


@pytest.fixture
def stores():
    return [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]


def bound_to(store):
    return Principal("token", SOMEBODY, "till", Role.SELLER, store_id=store.pk)


@pytest.mark.parametrize("find", [customer_in_path, customer_id_in_path])
def test_by_id_in_either_case_or_by_card(find, caller, member):
    found = [find(text, caller) for text in (str(member.pk), str(member.pk).upper(), "47834433524")]
    assert {getattr(one, "pk", one) for one in found} == {member.pk}


@pytest.mark.parametrize("text", UNKNOWN, ids=ascii)
def test_who_is_unknown(text, caller, member):
    with pytest.raises(CustomerNotFound):
        customer_in_path(text, caller)


@pytest.mark.parametrize("text", UNKNOWN[:-1], ids=ascii)
def test_an_id_alone_of_somebody_unknown(text, caller, member):
    with pytest.raises(CustomerNotFound):
        customer_id_in_path(text, caller)


def test_a_card_number_is_compared_letter_by_letter(caller):
    customer(card_number="CARD-1")
    with pytest.raises(CustomerNotFound):
        customer_in_path("card-1", caller)


def test_the_id_of_a_customer_is_never_taken_for_a_card_number(caller, member):
    other = customer(card_number=str(member.pk))
    assert customer_in_path(str(member.pk), caller) == member
    assert other != member


@pytest.mark.parametrize("find", [customer_in_path, customer_id_in_path])
def test_an_erased_customer_has_no_card(find, caller, member):
    Customer.objects.update(status=Customer.Status.ERASED)
    with pytest.raises(CustomerNotFound):
        find("47834433524", caller)


def test_the_id_alone_is_not_looked_up_where_everybody_is_in_sight(caller):
    with statements() as seen:
        assert customer_id_in_path(str(SOMEBODY), caller) == SOMEBODY
    assert seen == []


@pytest.mark.parametrize("find", [customer_in_path, customer_id_in_path])
def test_a_store_sees_its_own_customers_and_those_of_none(find, stores):
    own, of_none = customer(store=stores[0], card_number="1"), customer(card_number="2")
    for text, who in ((str(own.pk), own), ("1", own), (str(of_none.pk), of_none), ("2", of_none)):
        found = find(text, bound_to(stores[0]))
        assert getattr(found, "pk", found) == who.pk


@pytest.mark.parametrize("find", [customer_in_path, customer_id_in_path])
@pytest.mark.parametrize("by", ["id", "card"])
def test_a_store_does_not_see_customers_of_another(by, find, stores):
    stranger = customer(store=stores[1], card_number="1")
    with pytest.raises(CustomerNotFound):
        find(str(stranger.pk) if by == "id" else "1", bound_to(stores[0]))


def test_an_id_from_a_body_is_held_against_the_store_too(stores):
    own, stranger = customer(store=stores[0]), customer(store=stores[1])
    assert customer_id_in_sight(own.pk, bound_to(stores[0])) == own.pk
    with pytest.raises(CustomerNotFound):
        customer_id_in_sight(stranger.pk, bound_to(stores[0]))
