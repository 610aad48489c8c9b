"""Which credential makes whom the caller of a request."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from loyalty_site.access import log_in_tokens, tokens
from loyalty_site.access.actors import SYSTEM, Principal, Role
from loyalty_site.access.authentication import Credentials, InvalidToken, WrongAuthToken
from loyalty_site.access.models import ApiToken, Store, User

pytestmark = pytest.mark.django_db
GUARDED = "/api/token/revoke"
INVALID = {"code": 401, "message": "Invalid JWT Token"}
MISSING = {"code": 401, "message": "Invalid credentials"}


@pytest.fixture
def caller():
    """Who a request with these headers comes from; None where it shows no credential."""

    def authenticated(headers, path=GUARDED, method="GET"):
        request = RequestFactory().generic(method, path, headers=headers)
        request.resolver_match = resolve(path.partition("?")[0])
        shown = Credentials().authenticate(Request(request))
        return shown and shown[0]

    return authenticated


def bearing(text):
    return {"Authorization": f"Bearer {text}"}


def test_a_log_in_token_makes_the_user_the_caller(caller, admin, bearer_of):
    assert caller(bearer_of(admin)) == Principal(
        kind="user", id=admin.pk, label="boss", role=Role.ADMIN, scopes=None, store_id=None, may_transfer_points=False
    )


def test_a_seller_may_be_allowed_to_transfer_points(caller, seller, bearer_of):
    User.objects.update(may_transfer_points=True)
    assert caller(bearer_of(seller)).may_transfer_points is True


def test_a_sellers_store_bounds_nothing(caller, seller, bearer_of):
    User.objects.update(store=Store.objects.create(name="Shop", identifier="s1"))
    assert caller(bearer_of(seller)).store_id is None


def test_the_role_is_the_accounts_not_the_tokens(caller, admin, bearer_of):
    headers = bearer_of(admin)
    User.objects.update(role=Role.SELLER)
    assert caller(headers).role is Role.SELLER


def test_a_log_in_token_costs_one_query(caller, admin, bearer_of, django_assert_num_queries):
    headers = bearer_of(admin)
    with django_assert_num_queries(1):
        caller(headers)


@pytest.mark.parametrize("header", ["Authorization", "X-AUTH-TOKEN"])
def test_an_api_token_is_a_caller_with_scopes_and_a_store(caller, header):
    store = Store.objects.create(name="Shop", identifier="s1")
    token, plain = tokens.issue("Till 3", Role.SELLER, ["rewards:buy"], store=store, actor=SYSTEM, at=timezone.now())
    text = f"Bearer {plain}" if header == "Authorization" else plain
    assert caller({header: text}) == Principal(
        kind="token",
        id=token.pk,
        label="Till 3",
        role=Role.SELLER,
        scopes=frozenset({"rewards:buy"}),
        store_id=store.pk,
    )


def test_an_api_token_costs_one_query(caller, token_of, django_assert_num_queries):
    headers = bearing(token_of())
    ApiToken.objects.update(last_used_at=timezone.now())
    with django_assert_num_queries(1):
        caller(headers)


def test_the_use_of_an_api_token_is_noted(caller, token_of):
    before = timezone.now()
    caller(bearing(token_of()))
    assert before <= ApiToken.objects.get().last_used_at <= timezone.now()


def test_the_scheme_is_read_in_any_case(caller, token_of):
    assert caller({"Authorization": f"bearer {token_of()}"}).label == "till 3"


def test_a_request_without_a_credential_has_no_caller(caller):
    assert caller({}) is None


@pytest.mark.parametrize("text", ["Bearer", "Bearer ", "Bearer a b", "Digest x", "bearerx", " "])
def test_another_scheme_is_no_credential(caller, text):
    assert caller({"Authorization": text}) is None


def test_a_token_in_the_query_is_no_credential(caller, token_of):
    assert caller({}, path=f"{GUARDED}?auth_token={token_of()}") is None


def refused(caller, headers, by=InvalidToken):
    with pytest.raises(by):
        caller(headers)


def test_an_expired_log_in_token_is_refused(caller, admin):
    refused(caller, bearing(log_in_tokens.make_jwt(admin, at=timezone.now() - timedelta(hours=25))))


def test_a_log_in_token_from_before_a_new_password_is_refused(caller, admin, bearer_of):
    headers = bearer_of(admin)
    admin.set_password("other")
    admin.save()
    refused(caller, headers)


def test_a_deactivated_users_log_in_token_is_refused(caller, admin, bearer_of):
    headers = bearer_of(admin)
    User.objects.update(is_active=False)
    refused(caller, headers)


def test_a_refresh_token_is_no_credential(caller, admin):
    refused(caller, bearing(log_in_tokens.start(admin, at=timezone.now()).refresh_token))


def test_a_digest_is_no_credential(caller, token_of):
    token_of()
    refused(caller, bearing(ApiToken.objects.get().digest))


@pytest.mark.parametrize(
    "ending", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}], ids=["revoked", "expired"]
)
def test_an_ended_api_token_is_refused(caller, token_of, ending):
    headers = bearing(token_of())
    ApiToken.objects.update(**ending)
    refused(caller, headers)
    assert ApiToken.objects.get().last_used_at is None


def test_a_wrong_x_auth_token_is_another_refusal(caller, token_of):
    refused(caller, {"X-AUTH-TOKEN": token_of() + "x"}, by=WrongAuthToken)


def test_a_log_in_token_is_no_x_auth_token(caller, admin, bearer_of):
    refused(caller, {"X-AUTH-TOKEN": bearer_of(admin)["Authorization"].split()[1]}, by=WrongAuthToken)


def test_a_wrong_bearer_token_is_not_made_good_by_another_header(caller, token_of):
    refused(caller, {"X-AUTH-TOKEN": token_of()} | bearing("wrong"))


def test_an_endpoint_for_anybody_ignores_credentials(caller):
    headers = bearing("wrong") | {"X-AUTH-TOKEN": "wrong"}
    assert caller(headers, path="/api/token/refresh", method="POST") is None


GARBAGE = [
    "ż",
    "\x00",
    "a\x00b",
    "\ud800",
    "ÿ" * 500,
    "A" * 5_000,
    "A" * 2_000_000,
    "[" * 3_000,
    "{}",
    "..",
    "'--",
    "%00",
]


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused(caller, text):
    refused(caller, bearing(text))
    refused(caller, {"X-AUTH-TOKEN": text}, by=WrongAuthToken)


def test_without_a_credential_the_answer_says_so(client):
    answer = client.get(GUARDED)
    assert (answer.status_code, answer.json()) == (401, MISSING)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("query", ["auth_token", "access_token", "token"])
def test_a_token_in_the_query_is_answered_like_none(client, token_of, query):
    answer = client.get(GUARDED, {query: token_of()})
    assert (answer.status_code, answer.json()) == (401, MISSING)


def test_a_wrong_token_is_answered_401(client):
    answer = client.get(GUARDED, headers=bearing("wrong"))
    assert (answer.status_code, answer.json()) == (401, INVALID)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_wrong_x_auth_token_is_answered_403(client):
    answer = client.get(GUARDED, headers={"X-AUTH-TOKEN": "wrong"})
    assert (answer.status_code, answer.json()) == (403, {"message": "Invalid credentials."})


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_answered_401(client, text):
    answer = client.get(GUARDED, headers=bearing(text))
    assert (answer.status_code, answer.json()) == (401, INVALID)


def test_the_exceptions_are_those_that_dialects_know():
    assert issubclass(InvalidToken, AuthenticationFailed)
    assert str(InvalidToken().detail) == "Invalid JWT Token"
