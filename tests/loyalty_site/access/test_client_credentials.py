"""`POST /client/oauth/token`. Rules: Exchange Solutions, "API Reference"; RFC 6749, section 4.4."""

import re
from base64 import b64encode
from datetime import timedelta

import pytest
from django.utils import timezone

from loyalty_site.access import tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import AccessGrant, ApiToken, AttemptCounter
from tests.callers import ANONYMOUS, JSON, bearer, form, partner

pytestmark = pytest.mark.django_db

PATH = "/client/oauth/token"
GRANT = {"grant_type": "client_credentials"}
WRONG = 401, {"statusCode": 401, "errorMessage": "Unauthorized", "errorCode": "UNAUTHORIZED"}


def issued(role=Role.PARTNER, **fields):
    owner = {"partner": partner()} if role is Role.PARTNER else {}
    fields = owner | {"secret": "app:sesame", "at": timezone.now()} | fields
    return tokens.issue("Customer app", role, ["offers:read"], actor=SYSTEM, **fields)[0]


def basic(text):
    return {"Authorization": f"Basic {b64encode(text.encode()).decode()}"}


ASKED = {
    "Basic": (GRANT, basic("app:sesame")),
    "in the form": (GRANT | {"client_id": "app", "client_secret": "sesame"}, {}),
    "in both": (GRANT | {"client_id": "x", "client_secret": "y"}, basic("app:sesame")),
}


@pytest.mark.parametrize(("fields", "headers"), ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("sent", [form, dict], ids=["form", "JSON"])
def test_the_access_token_stands_for_the_api_token(sent, fields, headers):
    issued()

    status, body = ANONYMOUS.post(PATH, sent(fields), **headers)

    assert (status, body | {"access_token": ""}) == (
        200,
        {"access_token": "", "token_type": "Bearer", "expires_in": 3600},
    )
    assert re.fullmatch("lpa_[A-Za-z0-9]{44}", body["access_token"])
    assert bearer(body["access_token"]).get("/client/users/nobody/offers")[0] == 404


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        (GRANT, basic("one-text:")),
        (GRANT, basic(":one-text")),
        (GRANT | {"client_id": "one-text", "client_secret": ""}, {}),
        (GRANT | {"client_secret": "one-text"}, {}),
    ],
)
def test_a_token_without_a_colon_is_given_alone(fields, headers):
    issued(secret="one-text")
    assert ANONYMOUS.post(PATH, form(fields), **headers)[0] == 200


def test_it_lasts_an_hour(monkeypatch):
    issued()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    _, body = ANONYMOUS.post(PATH, form(GRANT), **basic("app:sesame"))
    granted = bearer(body["access_token"])
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=3_599))
    assert granted.get("/client/users/nobody/offers")[0] == 404
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=3_600))
    assert granted.get("/client/users/nobody/offers")[0] == 401


def test_it_outlives_its_api_token_by_nothing(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    issued(expires_at=now + timedelta(minutes=5))
    _, body = ANONYMOUS.post(PATH, form(GRANT), **basic("app:sesame"))
    assert body["expires_in"] == 300
    assert AccessGrant.objects.get().expires_at == now + timedelta(minutes=5)


REFUSED = {
    "nothing": ({}, {}),
    "wrong secret": ({}, basic("app:wrong")),
    "wrong id": ({}, basic("ape:sesame")),
    "the two in one": ({"client_id": "app"}, {}),
    "no Base64": ({}, {"Authorization": "Basic ?"}),
    "no text": ({}, {"Authorization": "Basic //8="}),
    "no ASCII": ({}, basic("app:ÿ")),
    "too long": ({}, basic("x" * 5_000)),
    "Bearer": ({}, {"Authorization": "Bearer app:sesame"}),
}


@pytest.mark.parametrize(("fields", "headers"), REFUSED.values(), ids=REFUSED)
def test_wrong_credentials_are_a_401_and_lock_nobody_out(fields, headers):
    issued()
    answer = ANONYMOUS.send("POST", PATH, form(GRANT | fields), **headers)
    assert (answer.status_code, answer.json()) == WRONG
    assert (answer["WWW-Authenticate"], answer["MCK-APPID"]) == ("Basic", "ES-CB-V1")
    assert not AccessGrant.objects.exists()
    assert not AttemptCounter.objects.exists()


ENDINGS = {"revoked": "revoked_at", "expired": "expires_at"}


@pytest.mark.parametrize("ended", ["revoked", "expired", "partner off", "no partner's"])
def test_a_token_that_lets_nobody_in_grants_none(ended):
    token = issued(Role.ADMIN if ended == "no partner's" else Role.PARTNER)
    if ended in ENDINGS:
        ApiToken.objects.update(**{ENDINGS[ended]: timezone.now()})
    if ended == "partner off":
        token.partner.active = False
        token.partner.save()
    assert ANONYMOUS.post(PATH, form(GRANT), **basic("app:sesame")) == WRONG
    assert not AccessGrant.objects.exists()


def test_an_access_token_grants_no_further_one():
    issued()
    _, body = ANONYMOUS.post(PATH, form(GRANT), **basic("app:sesame"))
    assert ANONYMOUS.post(PATH, form(GRANT), **basic(f"{body['access_token']}:")) == WRONG
    assert AccessGrant.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "media", "message"),
    [
        (b"", None, "Bad Request"),
        (b"client_id=app&client_secret=sesame", None, "grant_type is required"),
        (b"grant_type=password", None, "grant_type must be one of client_credentials"),
        (b"grant_type[a]=client_credentials", None, "grant_type must be one of client_credentials"),
        (b"grant_type=client_credentials&client_id[]=app", None, "client_id must be a text"),
        (b'{"grant_type": 1}', JSON, "grant_type must be one of client_credentials"),
        (b"[]", JSON, "Bad Request"),
        (b"grant_type=%FF", None, "Bad Request"),
    ],
)
def test_what_cannot_be_read_is_a_400(body, media, message):
    issued()
    answered = ANONYMOUS.post(PATH, body, media=media, **basic("app:sesame"))
    assert answered == (400, {"statusCode": 400, "errorMessage": message, "errorCode": "INVALID_REQUEST"})
    assert not AccessGrant.objects.exists()


def test_another_media_type_is_a_415():
    assert ANONYMOUS.post(PATH, b"grant_type=client_credentials", media="text/plain")[0] == 415


def test_the_tokens_limit_of_requests_counts():
    issued(requests_per_minute=1)
    assert ANONYMOUS.post(PATH, form(GRANT), **basic("app:sesame"))[0] == 200
    answer = ANONYMOUS.send("POST", PATH, form(GRANT), **basic("app:sesame"))
    assert (answer.status_code, answer.json()["errorCode"]) == (429, "TOO_MANY_REQUESTS")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert AccessGrant.objects.count() == 1
