"""Access tokens for a key and a secret. Rule: Capillary, "OAuth", 'Generating access token'."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loyalty_site.access import tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import AccessGrant, ApiToken
from loyalty_site.access.scopes import CUSTOMERS_READ
from tests.bad_input import UNREADABLE, VALUES, row_counts
from tests.builders import AT
from tests.callers import ANONYMOUS, Caller, partner, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

PATH = "/v3/oauth/token/generate"
GOOD = {"key": "crm", "secret": "s:ecret"}


@pytest.fixture
def token():
    return tokens.issue(
        "crm", Role.PARTNER, [CUSTOMERS_READ], partner=partner(), secret="crm:s:ecret", actor=SYSTEM, at=AT
    )[0]


def refused(status, text):
    return status, {"warnings": [], "errors": [{"status": False, "code": status, "message": text}]}


WRONG, INVALID = refused(401, "Invalid credentials"), refused(400, "Input is invalid")


def knocks(access):
    """What a customer's look-up is answered with that access token; 400 is that it names nobody."""
    return Caller(X_CAP_API_OAUTH_TOKEN=access).get("/v2/customers/lookup")[0]


def test_a_key_and_its_secret_get_an_access_token_for_five_minutes(token, monkeypatch):
    status, body = ANONYMOUS.post(PATH, GOOD)

    access = body["data"]["accessToken"]
    assert (status, body) == (200, {"data": {"accessToken": access, "ttlSeconds": 300}, "errors": None})
    assert knocks(access) == 400
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(minutes=5))
    assert knocks(access) == 401


def test_each_call_gets_another_and_the_earlier_ones_stay_good(token):
    first, second = (ANONYMOUS.post(PATH, GOOD)[1]["data"]["accessToken"] for _ in range(2))
    assert first != second
    assert [knocks(first), knocks(second)] == [400, 400]


def test_an_access_token_ends_with_its_api_token(token):
    access = ANONYMOUS.post(PATH, GOOD)[1]["data"]["accessToken"]
    tokens.revoke(token, actor=SYSTEM, at=AT)
    assert knocks(access) == 401
    assert ANONYMOUS.post(PATH, GOOD) == WRONG


def test_it_says_so_when_that_is_sooner(token):
    ApiToken.objects.update(expires_at=AT + timedelta(seconds=90))
    assert ANONYMOUS.post(PATH, GOOD)[1]["data"]["ttlSeconds"] == 90


@pytest.mark.parametrize(
    "sent",
    [
        {"key": "crm", "secret": "wrong"},
        {"key": "CRM", "secret": "s:ecret"},
        {"key": "wrong", "secret": "s:ecret"},
        {"key": "s:ecret", "secret": "crm"},
        {"key": "кey", "secret": "\U0001f355"},
    ],
)
def test_a_wrong_key_or_secret_gets_none(sent, token):
    answer = ANONYMOUS.send("POST", PATH, sent)
    assert told(answer) == WRONG
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert not AccessGrant.objects.exists()


def test_no_access_token_is_had_for_an_access_token(token):
    access = ANONYMOUS.post(PATH, GOOD)[1]["data"]["accessToken"]
    assert ANONYMOUS.post(PATH, {"key": access, "secret": access}) == WRONG
    assert AccessGrant.objects.count() == 1


def test_the_tokens_limit_of_requests_counts_here_too(token):
    ApiToken.objects.update(requests_per_minute=1)
    assert ANONYMOUS.post(PATH, GOOD)[0] == 200
    answer = ANONYMOUS.send("POST", PATH, GOOD)
    assert told(answer) == refused(429, "Too Many Requests")
    assert answer.headers["Retry-After"] == "60"
    assert AccessGrant.objects.count() == 1


def test_a_credential_in_the_header_is_not_looked_at(token):
    assert Caller(Authorization="Bearer wrong").post(PATH, GOOD)[0] == 200


@pytest.mark.parametrize("name", ["key", "secret"])
def test_bad_values(name, token):
    before = row_counts()
    for value in VALUES:
        is_text = isinstance(value, str) and 0 < len(value) <= 255
        assert ANONYMOUS.post(PATH, GOOD | {name: value}) == (WRONG if is_text else INVALID), value
    assert ANONYMOUS.post(PATH, {key: text for key, text in GOOD.items() if key != name}) == INVALID
    assert row_counts() == before


def test_bodies_that_cannot_be_read(token):
    before = row_counts()
    for bad, (body, media, status) in UNREADABLE.items():
        due = status if status == 413 or media == "application/json" else 415
        assert ANONYMOUS.post(PATH, body, media=media)[0] == due, bad
    assert row_counts() == before


def test_only_post(token):
    answer = ANONYMOUS.send("GET", PATH)
    assert told(answer) == refused(405, "Method Not Allowed")
    assert "POST" in answer.headers["Allow"]
