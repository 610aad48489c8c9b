"""How many SQL statements Capillary's calls take, from the credential to the answer."""

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import ApiToken
from tests.builders import AT, customer
from tests.callers import with_token
from tests.capillary import DATA, LOOK_UP, MOBILE, asked, issue
from tests.promotions.builders import enrol, promotion
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

ISSUE_TAKES = {"postgresql": 4, "sqlite": 6}


@pytest.fixture
def client():
    made = with_token(Role.PARTNER)
    ApiToken.objects.update(last_used_at=AT)  # noted once a minute
    return made


@pytest.fixture
def tom():
    return customer(phone=MOBILE, email="tom@example.com", number=98_662_653)


def count(call):
    with statements() as seen:
        status, body = call()
    assert (status, body.get("errors", [])) == (200, [])
    return len(seen)


@pytest.mark.parametrize(("name", "value"), [("mobile", MOBILE), ("email", "Tom@Example.com"), ("id", "98662653")])
def test_a_first_enrolment(name, value, client, tom):
    into = promotion()
    taken = count(lambda: issue(client, into, identifierName=name, identifierValue=value))
    assert taken == either(**ISSUE_TAKES)


def test_a_key_takes_two_more(client, tom):
    into = promotion()
    taken = count(lambda: issue(client, into, headers={"Idempotency_Key": "1"}))
    assert taken == either(**ISSUE_TAKES) + 2


def test_a_repeat_takes_one_more(client, tom):
    into = promotion(enrolment_limit=2)
    issue(client, into)
    assert count(lambda: issue(client, into)) == either(**ISSUE_TAKES) + 1


def test_a_refused_repeat_takes_as_many(client, tom):
    into = promotion(enrolment_limit=1)
    issue(client, into)
    assert count(lambda: issue(client, into)) == 4  # the last looks for the reason


def test_looking_a_customer_up(client, tom):
    assert count(lambda: client.get(asked(LOOK_UP))) == 2


def test_a_customers_promotions_take_as_many_for_many_as_for_none(client, tom):
    none = count(lambda: client.get(asked(DATA)))
    for _ in range(5):
        enrol(promotion(enrolment_limit=2), tom)
    assert (none, count(lambda: client.get(asked(DATA)))) == (4, 4)
