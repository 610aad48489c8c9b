"""Who may make Capillary's calls, with which credential, and by which method."""

from base64 import b64encode
from datetime import timedelta

import pytest

from loyalty_site.access import grants, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import ApiToken
from loyalty_site.access.scopes import CUSTOMERS_READ, PROMOTIONS_ENROL, PROMOTIONS_READ, SCOPES
from promotions.models import Enrolment
from tests.builders import AT, customer
from tests.callers import ANONYMOUS, Caller, partner, told, with_token
from tests.capillary import (
    DATA,
    FORBIDDEN,
    ISSUE,
    LOOK_UP,
    MOBILE,
    UNAUTHORIZED,
    asked,
    ids,
    issued,
    refused,
)
from tests.promotions.builders import promotion

pytestmark = pytest.mark.django_db

CALLS = {ISSUE: ("POST", PROMOTIONS_ENROL), LOOK_UP: ("GET", CUSTOMERS_READ), DATA: ("GET", PROMOTIONS_READ)}


@pytest.fixture
def tom():
    return customer(phone=MOBILE)


@pytest.fixture(params=CALLS)
def path(request):
    return request.param


def call(caller, path, **headers):
    body = {"programId": 1, "promotionId": 1} if path == ISSUE else None
    return told(caller.send(CALLS[path][0], asked(path), body, **headers))


def basic(text):
    return Caller(Authorization=f"Basic {b64encode(text.encode()).decode()}")


@pytest.mark.parametrize(
    "caller",
    [
        ANONYMOUS,
        basic("capillary:wrong"),
        basic("capillary"),
        Caller(Authorization="Basic !"),
        Caller(Authorization="Bearer wrong"),
        Caller(X_CAP_API_OAUTH_TOKEN="wrong"),
    ],
    ids=["none", "wrong password", "no password", "no Base64", "wrong bearer", "wrong access token"],
)
def test_without_a_good_credential(caller, path, tom):
    answer = caller.send(CALLS[path][0], asked(path))
    assert told(answer) == UNAUTHORIZED
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_each_kind_of_credential_lets_in(tom):
    into = promotion(enrolment_limit=3)
    tokens.issue("c", Role.PARTNER, [PROMOTIONS_ENROL], partner=partner(), secret="key:secret", actor=SYSTEM, at=AT)
    access = grants.grant(ApiToken.objects.get(), timedelta(minutes=5), at=AT)
    for caller in (basic("key:secret"), Caller(Authorization=f"Bearer {access}"), Caller(X_CAP_API_OAUTH_TOKEN=access)):
        assert caller.post(asked(ISSUE), ids(into)) == issued(into, tom)


def test_another_role(admin, seller, member, path, tom):
    assert [call(caller, path) for caller in (admin, seller, member)] == [FORBIDDEN] * 3


def test_a_token_without_the_scope(path, tom):
    others = [scope for scope in SCOPES if scope != CALLS[path][1]]
    assert call(with_token(Role.PARTNER, others), path) == FORBIDDEN
    assert not Enrolment.objects.exists()


def test_a_token_with_the_scope_alone(path, tom):
    assert call(with_token(Role.PARTNER, [CALLS[path][1]]), path)[0] in {200, 400}


def test_another_method(client, path):
    answer = client.send("DELETE", asked(path))
    assert told(answer) == refused(405, "Method Not Allowed", 405)
    assert CALLS[path][0] in answer.headers["Allow"]


def test_a_slash_at_the_end(client, path):
    assert client.get(f"{path}/") == refused(404, "Not Found", 404)
