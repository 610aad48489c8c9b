"""Whoever shows no credential, or none that is valid, is told 401 before anything else is looked at."""

from datetime import timedelta

import jwt
import pytest
from django.conf import settings

from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import ApiToken
from loyalty_site.access.tokens import revoke
from tests.builders import AT, later
from tests.callers import (
    ANONYMOUS,
    FORBIDDEN,
    INVALID_TOKEN,
    UNAUTHORIZED,
    Caller,
    bearer,
    logged_in,
    told,
    user,
    with_token,
)
from tests.campaigns.api.endpoints import ENDPOINTS, NOBODY, NOT_JSON, call

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]


@pytest.fixture(params=ENDPOINTS.values(), ids=ENDPOINTS)
def endpoint(request):
    return request.param


def test_without_a_credential(endpoint):
    answer = ANONYMOUS.send(endpoint.method, endpoint.path, **NOT_JSON)
    assert (told(answer), answer.headers["WWW-Authenticate"]) == (UNAUTHORIZED, "Bearer")


def test_with_a_credential_of_no_known_kind(endpoint):
    for value in ("Basic YWRtaW46b3Blbg==", "Bearer", "Bearer ", "Bearer a b", "admin", "Token x"):
        assert call(Caller(Authorization=value), endpoint) == UNAUTHORIZED


def claims_of(caller):
    return jwt.decode(caller.token, options={"verify_signature": False})


def signed(claims, key=None, algorithm="HS256"):
    return jwt.encode(claims, key or settings.JWT_KEY, algorithm=algorithm)


@pytest.fixture(scope="module")
def bad_tokens(admin, for_the_module):
    claims = claims_of(admin)
    with for_the_module():
        switched_off = logged_in(user(Role.ADMIN, "22200000-0000-474c-b092-b0dd880c07ff", is_active=False))
        revoked = with_token(Role.ADMIN)
        revoke(ApiToken.objects.get(), actor=SYSTEM, at=AT)
        expired = with_token(Role.ADMIN, expires_at=AT)
    return {
        "expired": signed(claims | {"exp": int(AT.timestamp())}),
        "of another key": signed(claims, "k" * 64),
        "unsigned": jwt.encode(claims, None, algorithm="none"),
        "of another algorithm": signed(claims, algorithm="HS512"),
        "changed": admin.token[:-9] + "123456789",
        "without an id": signed({"exp": claims["exp"], "roles": claims["roles"]}),
        "of a user who does not exist": signed(claims | {"id": NOBODY}),
        "of an older password": signed(claims | {"tv": claims["tv"] - 1}),
        "of an account that is switched off": switched_off.token,
        "API token, expired": expired.token,
        "API token, revoked": revoked.token,
        "nonsense": "nonsense",
        "three parts": "a.b.c",
        "very long": "x" * 5_000,
        "not ASCII": "żółć",
    }


def test_with_a_token_that_is_not_valid(endpoint, bad_tokens):
    answers = {name: call(bearer(token), endpoint) for name, token in bad_tokens.items()}
    assert answers == dict.fromkeys(bad_tokens, INVALID_TOKEN)


def test_a_token_in_the_query_is_no_credential(endpoint, admin):
    for name in ("auth_token", "access_token", "token"):
        answer = ANONYMOUS.send(endpoint.method, f"{endpoint.path}?{name}={admin.token}")
        assert told(answer) == UNAUTHORIZED


def test_the_roles_that_a_token_claims_are_not_believed(seller):
    forged = bearer(signed(claims_of(seller) | {"roles": ["ROLE_ADMIN"]}))
    assert forged.get("/api/campaign") == FORBIDDEN


def test_an_admin_token_in_the_other_header(admin):
    assert Caller(X_AUTH_TOKEN=with_token(Role.ADMIN).token).get("/api/campaign") == (
        200,
        {"campaigns": [], "total": 0},
    )
    assert Caller(X_AUTH_TOKEN="wrong").get("/api/campaign") == (403, {"message": "Invalid credentials."})


def test_a_log_in_lasts_a_day(admin, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(1, seconds=-1))
    assert admin.get("/api/campaign")[0] == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=1))
    assert admin.get("/api/campaign") == INVALID_TOKEN


def test_a_log_in_ends_when_the_account_is_switched_off():
    account = user(Role.ADMIN, NOBODY)
    caller = logged_in(account)
    assert caller.get("/api/campaign")[0] == 200
    account.is_active = False
    account.save()
    assert caller.get("/api/campaign") == INVALID_TOKEN
