"""Many enrolments at one moment."""

from collections import Counter

import pytest
from django.db import IntegrityError

from loyalty_site.errors import DomainError
from promotions import services
from promotions.errors import EnrolmentEnded, EnrolmentLimitReached
from promotions.models import Enrolment, Participation, Promotion
from promotions.verify import findings
from tests.builders import AT, SHOP, customer
from tests.bursts import burst
from tests.promotions.builders import enrol, promotion, turns

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(results) -> Counter:
    return Counter(type(result).__name__ for result in results)


def test_a_limit_of_one_enrols_once_under_32_parallel_calls():
    into, who = promotion(enrolment_limit=1), customer()

    results = burst([lambda: enrol(into, who)] * 32, refusals=DomainError)

    assert outcome(results) == {"Enrolment": 1, "EnrolmentLimitReached": 31}
    assert turns(into) == [(1, "running")]
    assert Participation.objects.get().turns == 1


def test_parallel_repeats_use_the_limit_up_and_leave_one_running():
    into, who = promotion(enrolment_limit=5), customer()

    results = burst([lambda: enrol(into, who)] * 16, refusals=EnrolmentLimitReached)

    assert outcome(results) == {"Enrolment": 5, "EnrolmentLimitReached": 11}
    assert sorted(turns(into)) == [(1, "replaced"), (2, "replaced"), (3, "replaced"), (4, "replaced"), (5, "running")]
    assert list(findings()) == []


def test_an_enrolment_is_revoked_once():
    into, who = promotion(), customer()
    made = enrol(into, who)

    results = burst([lambda: services.revoke(made.pk, **SHOP)] * 8, refusals=EnrolmentEnded)

    assert outcome(results) == {"Enrolment": 1, "EnrolmentEnded": 7}
    assert Participation.objects.get().revoked == 1


def naive_enrol(into: Promotion, who) -> Enrolment:
    """Counts first and writes then, as one would without knowing better."""
    taken = Enrolment.objects.filter(promotion=into, customer=who).count()
    if taken >= into.enrolment_limit:
        raise EnrolmentLimitReached(limit=into.enrolment_limit)
    return Enrolment.objects.create(
        promotion=into, customer=who, turn=taken + 1, state="replaced", enrolled_at=AT, actor="system"
    )


def test_without_the_counted_turn_only_the_database_would_stop_a_second_enrolment():
    """The negative control: that this finds something shows that the tests above could."""
    into, who = promotion(enrolment_limit=1), customer()
    for _ in range(20):
        results = burst([lambda: naive_enrol(into, who)] * 8, refusals=(DomainError, IntegrityError))
        if outcome(results)["IntegrityError"]:
            return
        Enrolment.objects.all().delete()
    pytest.fail("No two naive enrolments met in 20 bursts.")
