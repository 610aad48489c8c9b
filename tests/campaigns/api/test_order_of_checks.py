"""Who calls, then what the path names, then the body: whatever the endpoint, 404 is told before 400."""

import pytest

from tests.books import books
from tests.builders import campaign, customer
from tests.callers import BAD_REQUEST, MEMBER_ID, NOT_FOUND, told
from tests.campaigns.api.endpoints import NOBODY, NOT_JSON

pytestmark = pytest.mark.django_db

WRITES = [
    ("admin", "PUT", "/api/campaign/{campaign}"),
    ("admin", "POST", "/api/campaign/{campaign}/active"),
    ("admin", "POST", "/api/campaign/{campaign}/inactive"),
    ("admin", "POST", "/api/campaign/{campaign}/photo"),
    ("admin", "POST", "/api/admin/customer/{customer}/campaign/{campaign}/buy"),
    ("seller", "POST", "/api/seller/customer/{customer}/campaign/{campaign}/buy"),
    ("member", "POST", "/api/customer/campaign/{campaign}/buy"),
]
OF_A_CUSTOMER = [
    ("admin", "POST", "/api/admin/customer/{customer}/campaign/{campaign}/buy"),
    ("seller", "POST", "/api/seller/customer/{customer}/campaign/{campaign}/buy"),
    ("admin", "POST", "/api/admin/customer/{customer}/campaign/{campaign}/coupon/A"),
]


@pytest.fixture
def send(admin, seller, member):
    """With a body that is no JSON."""
    callers = {"admin": admin, "seller": seller, "member": member}
    ids = {"campaign": campaign().pk, "customer": customer(pk=MEMBER_ID, points=50).pk}

    def call(write, **unknown):
        role, method, path = write
        path, before = path.format(**ids | unknown), books()
        answer = told(callers[role].send(method, path, **NOT_JSON))
        assert books() == before
        return answer

    return call


@pytest.mark.parametrize("write", WRITES, ids=str)
def test_a_campaign_that_does_not_exist(write, send):
    assert send(write, campaign=NOBODY) == send(write, campaign="1") == NOT_FOUND
    assert send(write) == BAD_REQUEST


@pytest.mark.parametrize("write", OF_A_CUSTOMER, ids=str)
def test_a_customer_who_does_not_exist(write, send):
    assert send(write, customer=NOBODY) == send(write, customer="1") == NOT_FOUND
    assert send(write) == BAD_REQUEST


def test_a_malformed_campaign_beside_a_coupon(send):
    assert send(OF_A_CUSTOMER[-1], campaign="1") == NOT_FOUND
