"""Many calls of Exchange Solutions' clients at one moment."""

from collections import Counter

import pytest

from loyalty_site.access.models import AuditEntry
from offers.models import CustomerOffer, MemberSession
from tests.builders import customer
from tests.bursts import burst
from tests.callers import bearer
from tests.offers.api.es import path_of, say
from tests.offers.builders import given, offer, stands

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def apps(lone_app):
    """The same client in many threads."""
    return [bearer(lone_app.token) for _ in range(16)]


def test_answers_to_one_and_to_all_step_each_version_once(apps):
    who = customer()
    taken = [given(offer(f"OFFER_{number}"), who) for number in range(4)]
    calls = [
        (lambda app=app: app.post(f"/client/users/{who.pk}/offers", say("ACCEPTED")))
        if number % 2
        else (lambda app=app, one=taken[number % 4]: app.put(path_of(one), say("ACCEPTED")))
        for number, app in enumerate(apps)
    ]

    answers = burst(calls)

    assert {status for status, _ in answers} == {200}
    assert {(stands(one)[0], stands(one)[2]) for one in taken} == {("ACCEPTED", 2)}
    assert AuditEntry.objects.filter(action="offer accepted").count() == 4


def test_acceptance_and_withdrawal_of_all_step_once_per_change(apps):
    who = customer()
    for number in range(4):
        given(offer(f"OFFER_{number}"), who)
    words = ["ACCEPTED", "UNACCEPTED"] * 8
    calls = [
        lambda app=app, word=word: app.post(f"/client/users/{who.pk}/offers", say(word))
        for app, word in zip(apps, words, strict=True)
    ]

    answers = burst(calls)

    assert {status for status, _ in answers} == {200}
    steps = sum(CustomerOffer.objects.values_list("version", flat=True)) - 4
    assert steps == AuditEntry.objects.filter(action__in=["offer accepted", "offer not answered"]).count() > 0


def test_one_session_id_is_given_to_one_of_many_customers(apps):
    people = [customer() for _ in apps]
    body = {"correlationId": "mck-1"}
    calls = [
        lambda app=app, who=who: app.post(f"/client/users/{who.pk}/sessions", body)
        for app, who in zip(apps, people, strict=True)
    ]

    answers = burst(calls)

    assert Counter(status for status, _ in answers) == {200: 1, 400: 15}
    [winner] = [told["accountId"] for status, told in answers if status == 200]
    assert str(MemberSession.objects.get().customer_id) == winner


def test_parallel_repeats_with_one_key_answer_once(apps):
    made = given(offer(), customer())
    calls = [lambda app=app: app.put(path_of(made), say("DECLINED"), Idempotency_Key="k1") for app in apps]

    answers = burst(calls)

    assert {status for status, _ in answers} == {200}
    assert len({str(body) for _, body in answers}) == 1
    assert stands(made) == ("DECLINED", None, 2)
