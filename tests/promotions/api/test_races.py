"""Many enrolments at one moment, over HTTP."""

import pytest

from loyalty_site.access.actors import Role
from promotions.models import Participation
from promotions.verify import findings
from tests.builders import customer
from tests.bursts import burst
from tests.callers import bearer, with_token
from tests.capillary import MOBILE, NOT_ISSUED, issue, issued
from tests.promotions.builders import promotion, turns

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clients():
    token = with_token(Role.PARTNER).token
    return [bearer(token) for _ in range(32)]


def test_a_limit_of_one_enrols_once_under_32_parallel_calls(clients):
    into, who = promotion(enrolment_limit=1), customer(phone=MOBILE)

    answers = burst([lambda client=client: issue(client, into) for client in clients])

    answers.remove(issued(into, who))
    assert answers == [NOT_ISSUED] * 31
    assert turns(into) == [(1, "running")]
    assert Participation.objects.get().turns == 1


def test_one_key_enrols_once_and_tells_everybody_the_same_number(clients):
    into, who = promotion(enrolment_limit=100), customer(phone=MOBILE)
    key = {"Idempotency_Key": "retry-1"}

    answers = burst([lambda client=client: issue(client, into, headers=key) for client in clients[:16]])

    answered = [answer for answer in answers if answer[0] != 409]  # who came while the first was running asks again
    assert answered
    assert answered == [issued(into, who)] * len(answered)
    assert turns(into) == [(1, "running")]
    assert list(findings()) == []
