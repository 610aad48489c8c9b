"""`Idempotency-Key` when enrolling: one effect and one answer a key."""

import pytest

from customers.models import Customer
from loyalty_site.access.models import IdempotencyKey
from promotions.models import Enrolment
from tests.builders import customer
from tests.capillary import (
    INVALID,
    ISSUE,
    MOBILE,
    NO_CUSTOMER,
    NO_PROMOTION,
    NOT_ISSUED,
    asked,
    ids,
    issue,
    issued,
    refused,
)
from tests.promotions.builders import promotion, turns

pytestmark = pytest.mark.django_db

KEY = {"Idempotency_Key": "retry-1"}


@pytest.fixture
def tom():
    return customer(phone=MOBILE)


def test_the_same_request_is_answered_alike_and_done_once(client, tom):
    into = promotion(enrolment_limit=3)
    answers = [client.send("POST", asked(ISSUE), ids(into), **KEY) for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers.get("Idempotent-Replayed") for answer in answers] == [None, "true", "true"]
    assert turns(into) == [(1, "running")]


def test_another_request_under_the_same_key_is_refused(client, tom):
    into = promotion(enrolment_limit=3)
    issue(client, into, headers=KEY)
    reused = refused(422, "Unprocessable Entity", 422)
    assert client.post(asked(ISSUE), ids(into) | {"promotionId": into.pk + 1}, **KEY) == reused
    assert client.post(asked(ISSUE, source="LINE"), ids(into), **KEY) == reused
    assert turns(into) == [(1, "running")]


def test_a_warning_is_answered_again_though_its_reason_has_gone(client, tom):
    into = promotion()
    Customer.objects.update(status=Customer.Status.BLOCKED)
    assert issue(client, into, headers=KEY) == NOT_ISSUED
    Customer.objects.update(status=Customer.Status.ACTIVE)
    assert issue(client, into, headers=KEY) == NOT_ISSUED
    assert not Enrolment.objects.exists()


def test_a_customer_who_was_not_there_stays_so_under_that_key(client):
    into = promotion()
    assert issue(client, into, headers=KEY) == NO_CUSTOMER
    who = customer(phone=MOBILE)
    assert issue(client, into, headers=KEY) == NO_CUSTOMER
    assert issue(client, into) == issued(into, who)


def test_what_cannot_be_read_uses_up_no_key(client, tom):
    into = promotion()
    assert client.post(asked(ISSUE), ids(into) | {"promotionId": "x"}, **KEY) == NO_PROMOTION
    assert client.post(asked(ISSUE), [], **KEY) == INVALID
    assert not IdempotencyKey.objects.exists()
    assert issue(client, into, headers=KEY) == issued(into, tom)


def test_a_key_must_be_visible_ascii(client, tom):
    assert issue(client, promotion(), headers={"Idempotency_Key": "a b"}) == INVALID
    assert not Enrolment.objects.exists()
