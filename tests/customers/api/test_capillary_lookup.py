"""Which number a customer has. Rule: Capillary, "Get Customer ID"."""

import pytest

from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.scopes import CUSTOMERS_READ
from tests.builders import customer
from tests.callers import with_token
from tests.capillary import LOOK_UP, MOBILE, NO_CUSTOMER, WRONG_NAME, WRONG_SOURCE, asked

pytestmark = pytest.mark.django_db

FOUND = 200, {"entity": 98_662_653, "warnings": []}


@pytest.fixture(scope="module")
def reader(for_the_module):
    with for_the_module():
        return with_token(Role.PARTNER, [CUSTOMERS_READ])


@pytest.fixture
def tom():
    return customer(phone=MOBILE, email="tom@example.com", external_id="000003873354", number=98_662_653)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"source": "ALL"},
        {"identifierName": "email", "identifierValue": "TOM@example.com"},
        {"identifierName": "externalId", "identifierValue": "000003873354"},
        {"identifierName": "id", "identifierValue": "98662653", "accountId": "98662653"},
    ],
)
def test_a_customer_is_found(query, reader, tom):
    customer(phone="1", email="jim@example.com")
    assert reader.get(asked(LOOK_UP, **query)) == FOUND


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"identifierName": None, "source": None}, WRONG_NAME),
        ({"identifierName": "Mobile"}, WRONG_NAME),
        ({"source": None, "identifierValue": "1"}, WRONG_SOURCE),
        ({"source": "NOWHERE"}, WRONG_SOURCE),
        ({"identifierValue": None}, NO_CUSTOMER),
        ({"identifierValue": "1"}, NO_CUSTOMER),
        ({"accountId": "1"}, NO_CUSTOMER),
    ],
)
def test_or_it_is_told_why_not(query, answer, reader, tom):
    assert reader.get(asked(LOOK_UP, **query)) == answer


def test_who_was_erased_is_not_found(reader, tom):
    Customer.objects.update(status=Customer.Status.ERASED)
    assert reader.get(asked(LOOK_UP)) == NO_CUSTOMER
