"""Repeats with an Idempotency-Key. Outside the tests' own transaction: a key's answer commits with its effect."""

import pytest

from loyalty_site.access.models import AuditEntry
from tests.builders import customer, later
from tests.offers.api.es import DECLINED, NOT_TARGETED, invalid, path_of, refused, say
from tests.offers.builders import given, offer, stands

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_repeat_gets_the_first_answer(lone_app):
    taken = given(offer(), customer())
    first = lone_app.send("PUT", path_of(taken), say("DECLINED"), Idempotency_Key="k1")
    again = lone_app.send("PUT", path_of(taken), say("DECLINED"), Idempotency_Key="k1")

    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert lone_app.put(path_of(taken), say("DECLINED")) == DECLINED
    assert (stands(taken), AuditEntry.objects.filter(action="offer declined").count()) == (("DECLINED", None, 2), 1)


def test_a_refusal_is_kept_too(lone_app):
    taken, path = given(offer(), customer()), "/client/users/{}/offer/OTHER"
    path = path.format(taken.customer_id)
    assert lone_app.put(path, say("ACCEPTED"), Idempotency_Key="k1") == NOT_TARGETED
    given(offer("OTHER"), taken.customer)
    assert lone_app.put(path, say("ACCEPTED"), Idempotency_Key="k1") == NOT_TARGETED
    assert lone_app.put(path, say("ACCEPTED"), Idempotency_Key="k2")[0] == 200


def test_another_body_under_the_key_is_refused(lone_app):
    taken = given(offer(), customer())
    lone_app.put(path_of(taken), say("ACCEPTED"), Idempotency_Key="k1")
    reused = refused(422, "Unprocessable Entity", "UNPROCESSABLE_ENTITY")
    assert lone_app.put(path_of(taken), say("UNACCEPTED"), Idempotency_Key="k1") == reused
    assert stands(taken)[0] == "ACCEPTED"


def test_what_was_not_understood_leaves_the_key_free(lone_app):
    taken = given(offer(), customer())
    assert lone_app.put(path_of(taken), say("LATER"), Idempotency_Key="k1")[0] == 400
    assert lone_app.put(path_of(taken), say("ACCEPTED"), Idempotency_Key="k1")[0] == 200


@pytest.mark.parametrize(("path", "body"), [("sessions", {"correlationId": "mck-1"}), ("offers", say("ACCEPTED"))])
def test_sessions_and_answers_to_all_are_repeated_safely(lone_app, monkeypatch, path, body):
    taken = given(offer(), customer())
    path = f"/client/users/{taken.customer_id}/{path}"
    first = lone_app.post(path, body, Idempotency_Key="k1")
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(hours=1))
    assert lone_app.post(path, body, Idempotency_Key="k1") == first
    assert first[0] == 200
    assert lone_app.post(path, body | {"channel": "POS"}, Idempotency_Key="k1")[0] == 422


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_a_key_that_is_none_is_told_as_such(key, lone_app):
    taken = given(offer(), customer())
    told = invalid("Idempotency-Key must be 1 to 255 visible ASCII characters.")
    assert lone_app.put(path_of(taken), say("ACCEPTED"), Idempotency_Key=key) == told
    assert stands(taken) == ("NONE", None, 1)
