"""`POST /client/users/:identifier/sessions`. Rule: Exchange Solutions, "Start Session for User Account"."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.scopes import OFFERS_ANSWER
from offers.models import MemberSession
from tests.builders import AT, customer, later
from tests.callers import ANONYMOUS, partner, with_token
from tests.offers.api.es import invalid, refused
from tests.statements import statements

pytestmark = pytest.mark.django_db

NO_ACCOUNT = refused(404, "Account does not exist", "ACCOUNT_NOT_FOUND")
TAKEN = invalid("correlationId stands for another account")


@pytest.fixture
def ann():
    return customer(email="Ann@example.com", phone="+48 1", card_number="CARD-1", external_id="E 1")


def path_of(identifier) -> str:
    return f"/client/users/{identifier}/sessions"


def body(text="mck-1", **fields):
    return {"correlationId": text} | fields


def sessions():
    return list(MemberSession.objects.order_by("pk").values_list("correlation_id", "customer", "channel", "expires_at"))


def test_a_session_is_told_whom_it_stands_for(app, ann):
    assert app.post(path_of(ann.pk), body(channel="POS", externalAgentSessionId="x")) == (
        200,
        {
            "accountId": str(ann.pk),
            "loyaltyId": "CARD-1",
            "correlationId": "mck-1",
            "channel": "POS",
            "expiryDate": "2026-03-03T12:00:00.000Z",
            "expiryDateEpoch": 1772539200000,
        },
    )
    assert sessions() == [("mck-1", ann.pk, "POS", later(1))]


def test_without_a_channel_it_is_the_app(app):
    _, told = app.post(path_of(customer().pk), body())
    assert (told["channel"], told["loyaltyId"]) == ("APP", None)


def test_how_long_it_lasts_is_a_setting(app, ann, settings):
    settings.MEMBER_SESSION_LIFETIME = timedelta(minutes=5)
    assert app.post(path_of(ann.pk), body())[1]["expiryDate"] == "2026-03-02T12:05:00.000Z"


IDENTIFIERS = [
    ("LOYALTY_ID", "CARD-1"),
    ("EXTERNAL_ID", "E%201"),
    ("EMAIL", "ann@EXAMPLE.com"),
    ("PHONE_NUMBER", "+48%201"),
    ("phone_number", "+48%201"),
]


@pytest.mark.parametrize(("kind", "identifier"), IDENTIFIERS)
def test_the_header_says_what_the_identifier_is(app, ann, kind, identifier):
    status, told = app.post(path_of(identifier), body(), X_Identifier_Type=kind)
    assert (status, told["accountId"]) == (200, str(ann.pk))


@pytest.mark.parametrize(("kind", "identifier"), [*IDENTIFIERS, ("ACCOUNT_ID", uuid4())])
def test_an_unknown_customer_is_not_found(app, kind, identifier):
    customer(email="b@example.com", phone="1", card_number="C", external_id="E")
    assert app.post(path_of(identifier), body(), X_Identifier_Type=kind) == NO_ACCOUNT
    assert sessions() == []


@pytest.mark.parametrize("identifier", ["CARD-1", "%00", "%ED%A0%80", "x" * 3_000, "000096cf32a343bd90344df343e5fd93"])
def test_the_identifier_is_read_as_what_the_header_says(app, ann, identifier):
    assert app.post(path_of(identifier), body()) == NO_ACCOUNT


def test_an_erased_customer_is_not_found(app, ann):
    Customer.objects.update(status=Customer.Status.ERASED)
    assert app.post(path_of(ann.pk), body()) == NO_ACCOUNT


@pytest.mark.parametrize("kind", ["PARTNER_LINK_ID", "EXTERNAL_AGENT_ID", "NAME", ""])
def test_another_kind_of_identifier_is_refused(app, ann, kind):
    kinds = "ACCOUNT_ID, LOYALTY_ID, EXTERNAL_ID, EMAIL, PHONE_NUMBER"
    told = app.post(path_of(ann.pk), body(), X_Identifier_Type=kind)
    assert told == invalid(f"X-Identifier-Type must be one of {kinds}")
    assert sessions() == []


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "correlationId is required"),
        (body(""), "correlationId must not be blank"),
        (body("x" * 129), "correlationId must have at most 128 characters"),
        (body("a/b"), "correlationId must not hold a slash"),
        (body(channel=None), "channel must be a text"),
        (body(channel=" "), "channel must not be blank"),
        (body(channel="x" * 65), "channel must have at most 64 characters"),
    ],
)
def test_a_wrong_field_is_named(app, ann, sent, message):
    assert app.post(path_of(ann.pk), sent) == invalid(message)
    assert sessions() == []


def test_the_same_id_for_the_same_customer_opens_the_session_anew(app, ann, monkeypatch):
    app.post(path_of(ann.pk), body())
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(hours=1))
    assert app.post(path_of(ann.pk), body(channel="POS"))[0] == 200
    assert sessions() == [("mck-1", ann.pk, "POS", later(1, hours=1))]


def test_an_open_sessions_id_is_no_other_customers(app, ann):
    app.post(path_of(ann.pk), body())
    assert app.post(path_of(customer().pk), body()) == TAKEN
    assert sessions() == [("mck-1", ann.pk, "APP", later(1))]


def test_the_id_of_a_session_that_has_ended_is_free(app, ann, monkeypatch):
    app.post(path_of(customer().pk), body())
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(1))
    assert app.post(path_of(ann.pk), body())[0] == 200
    assert [session[1] for session in sessions()] == [ann.pk]


def test_each_partner_has_ids_of_its_own(app, ann):
    app.post(path_of(ann.pk), body())
    bob, other = customer(), with_token(Role.PARTNER, partner=partner("Other"))
    assert other.post(path_of(bob.pk), body())[0] == 200
    assert [session[1] for session in sessions()] == [ann.pk, bob.pk]


def test_an_accounts_id_stands_for_that_account_only(app, ann):
    bob = customer()
    assert app.post(path_of(ann.pk), body(str(bob.pk).upper())) == TAKEN
    assert app.post(path_of(ann.pk), body(str(ann.pk)))[0] == 200
    assert len(sessions()) == 1


def test_who_may(ann):
    assert ANONYMOUS.post(path_of(ann.pk), body()) == refused(401, "Unauthorized", "UNAUTHORIZED")
    for caller in (with_token(Role.PARTNER, [OFFERS_ANSWER]), with_token(Role.ADMIN)):
        assert caller.post(path_of(ann.pk), body()) == refused(403, "Forbidden", "FORBIDDEN")
    assert sessions() == []


def test_a_session_takes_three_statements(app, ann):
    with statements() as seen:
        assert app.post(path_of(ann.pk), body())[0] == 200
    assert len(seen) == 3, seen


def test_only_sessions_that_have_ended_are_purged(app, ann, monkeypatch):
    for hours, text in ((24, "old"), (23, "new")):
        monkeypatch.setattr("django.utils.timezone.now", lambda hours=hours: later(hours=-hours))
        app.post(path_of(ann.pk), body(text))
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    said = StringIO()

    call_command("purge_sessions", stdout=said)

    assert said.getvalue() == "1 sessions deleted.\n"
    assert [session[0] for session in sessions()] == ["new"]
