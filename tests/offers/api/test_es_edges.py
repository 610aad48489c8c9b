"""What answers to Exchange Solutions' clients have in common: headers, methods, media types."""

import re

import pytest
from django.db import OperationalError

from loyalty_site.access.actors import Role
from offers.api import es
from tests.builders import customer
from tests.callers import ANONYMOUS, with_token
from tests.offers.api.es import path_of, refused, say
from tests.offers.builders import given, offer

ID = re.compile("mck-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
ALWAYS = {
    "Content-Type": "application/json",
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "sameorigin",
    "Referrer-Policy": "no-referrer",
    "MCK-APPID": "ES-CB-V1",
    "MCK-MSGTIMESTAMP": "March 2nd 2026, 12:00:00",
}
PUT = "/client/users/nobody/offer/NOTHING"
JSON = "application/json"
# what is sent → the answer's status
CASES = {
    "no credential": (lambda app: ANONYMOUS.send("PUT", PUT, say("ACCEPTED")), 401),
    "an unknown offer": (lambda app: app.send("PUT", PUT, say("ACCEPTED")), 404),
    "an unknown path": (lambda app: app.send("PUT", "/client/nothing", say("ACCEPTED")), 404),
    "an unknown path without a credential": (lambda app: ANONYMOUS.send("GET", "/client"), 404),
    "a slash at the end": (lambda app: app.send("PUT", f"{PUT}/", say("ACCEPTED")), 404),
    "another method": (lambda app: app.send("POST", PUT, say("ACCEPTED")), 405),
    "another media type": (lambda app: app.send("PUT", PUT, "acceptanceState=ACCEPTED"), 415),
    "no JSON": (lambda app: app.send("PUT", PUT, b"{", media=JSON), 400),
    "too large a body": (lambda app: app.send("PUT", PUT, b"x" * 2_621_441, media=JSON), 413),
    "another role": (lambda app: with_token(Role.SELLER).send("PUT", PUT, say("ACCEPTED")), 403),
}


@pytest.fixture
def taken(db):
    return given(offer(), customer())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.django_db
def test_every_answer_carries_the_headers(app, case):
    send, status = CASES[case]
    answer = send(app)
    assert answer.status_code == status
    assert {name: answer[name] for name in ALWAYS} == ALWAYS
    assert ID.fullmatch(answer["MCK-MSGID"])
    assert ID.fullmatch(answer["MCK_CORRELATIONID"])
    assert answer.json()["statusCode"] == status


def test_a_good_answer_carries_the_headers(app, taken):
    answer = app.send("PUT", path_of(taken), say("ACCEPTED"), MCK_CORRELATIONID="mck-1")
    assert answer.status_code == 200
    assert {name: answer[name] for name in ALWAYS} == ALWAYS
    assert answer["MCK_CORRELATIONID"] == "mck-1"
    assert answer["MCK-MSGID"] != app.send("PUT", path_of(taken), say("ACCEPTED"))["MCK-MSGID"]


def test_an_outage_carries_the_headers(app, taken, monkeypatch):
    def fail(*args, **facts):
        raise OperationalError("away")

    monkeypatch.setattr(es, "respond", fail)

    answer = app.send("PUT", path_of(taken), say("ACCEPTED"))

    unavailable = refused(503, "Service Unavailable", "SERVICE_UNAVAILABLE")
    assert (answer.status_code, answer.json()) == unavailable
    assert {name: answer[name] for name in ALWAYS} == ALWAYS
    assert answer["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (PUT, "PUT"),
        ("/client/users/nobody/offers", "GET, POST"),
        ("/client/users/nobody/offers/future", "GET"),
        ("/client/users/nobody/offer", "GET"),
        ("/client/users/nobody/sessions", "POST"),
        ("/client/oauth/token", "POST"),
    ],
)
@pytest.mark.django_db
def test_another_method_is_told_which_there_are(app, path, allowed):
    answer = app.send("DELETE", path)
    assert (answer.status_code, answer.json()) == refused(405, "Method Not Allowed", "METHOD_NOT_ALLOWED")
    assert set(answer["Allow"].split(", ")) - {"HEAD", "OPTIONS"} == set(allowed.split(", "))


def test_neither_a_cookie_nor_a_redirect_is_needed(app, taken, monkeypatch):
    monkeypatch.setattr(app.client.handler, "enforce_csrf_checks", True)
    answer = app.send("PUT", path_of(taken), say("ACCEPTED"), media=f"{JSON}; charset=utf-8")
    assert (answer.status_code, answer.cookies) == (200, {})
