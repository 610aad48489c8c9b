"""The credentials of partners, and short-lived ones."""

from base64 import b64encode
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone
from rest_framework.request import Request

from loyalty_site.access import grants, tokens
from loyalty_site.access.actors import SYSTEM, Ceilings, PartnerFacts, Principal, Role
from loyalty_site.access.authentication import Credentials, WrongCredential
from loyalty_site.access.models import AccessGrant, ApiToken, AttemptCounter
from tests.callers import partner

pytestmark = pytest.mark.django_db
GUARDED = "/api/token/revoke"
FIVE_MINUTES = timedelta(minutes=5)


def basic(text, encoding="utf-8"):
    return {"Authorization": f"Basic {b64encode(text.encode(encoding)).decode()}"}


def key(text):
    return {"x-api-key": text}


def oauth(text):
    return {"X-CAP-API-OAUTH-TOKEN": text}


def bearing(text):
    return {"Authorization": f"Bearer {text}"}


SHOWN = {"Bearer": bearing, "Basic": basic, "x-api-key": key, "X-CAP-API-OAUTH-TOKEN": oauth}


def caller(headers):
    request = RequestFactory().get(GUARDED, headers=headers)
    request.resolver_match = resolve(GUARDED)
    shown = Credentials().authenticate(Request(request))
    return shown and shown[0]


def issued(**fields):
    fields = {"partner": partner(), "at": timezone.now()} | fields
    return tokens.issue("Brame's system", Role.PARTNER, ["points:assign"], actor=SYSTEM, **fields)


@pytest.mark.parametrize("way", SHOWN)
def test_a_token_is_the_same_caller_whichever_way_it_is_shown(way):
    owner = partner(region="DE", per_call=500, per_customer_day=600, per_partner_day=7_000)
    token, plain = issued(user_name="brame", requests_per_minute=60)
    assert caller(SHOWN[way](plain)) == Principal(
        kind="token",
        id=token.pk,
        label="Brame's system",
        role=Role.PARTNER,
        scopes=frozenset({"points:assign"}),
        partner=PartnerFacts(owner.pk, "Brame", "DE", Ceilings(500, 600, 7_000)),
        requests_per_minute=60,
    )


def test_a_token_for_basic_is_a_user_name_and_a_random_password():
    token, plain = issued(user_name="brame")
    name, password = plain.split(":")
    assert (name, len(password), token.prefix) == ("brame", 40, "brame:")
    assert tokens.find(password, at=timezone.now()) is None


def test_only_the_user_name_of_a_long_one_is_shown():
    token, _ = issued(user_name="n" * 64)
    assert token.prefix == "n" * 24


@pytest.mark.parametrize("way", SHOWN)
def test_a_partners_token_costs_one_query(way, django_assert_num_queries):
    _, plain = issued(user_name="brame")
    ApiToken.objects.update(last_used_at=timezone.now())
    with django_assert_num_queries(1):
        caller(SHOWN[way](plain))


@pytest.mark.parametrize("way", SHOWN)
def test_the_tokens_of_a_partner_that_is_switched_off_are_refused(way, client):
    owner = partner(active=False)
    _, plain = issued(user_name="brame", partner=owner)
    assert client.get(GUARDED, headers=SHOWN[way](plain)).status_code == 401


def test_switching_a_partner_off_leaves_others_and_tills_alone(token_of):
    partner("Gone", active=False)
    _, plain = issued()
    assert caller(key(plain)).partner.name == "Brame"
    assert caller(key(token_of(Role.SELLER))).partner is None


WRONG = {
    "unknown key": key("wrong"),
    "key with a NUL": key("a\x00b"),
    "key that is no ASCII": key("ÿ"),
    "key that is too long": key("A" * 5_000),
    "unknown access token": oauth("lpa_wrong"),
    "unknown password": basic("brame:wrong"),
    "Basic without a colon": basic("partner-demo-token"),
    "Basic of nothing": {"Authorization": "Basic "},
    "Basic alone": {"Authorization": "basic"},
    "no Base64": {"Authorization": "Basic ?"},
    "Base64 with spaces": {"Authorization": "Basic YTpi YTpi"},
    "no text": {"Authorization": "Basic //8="},
    "another charset": basic("brame:ÿ", "latin-1"),
    "Basic that is no ASCII": {"Authorization": "Basic ÿ"},
}


@pytest.mark.parametrize("headers", WRONG.values(), ids=WRONG)
def test_a_wrong_one_is_a_401_and_locks_nobody_out(client, headers):
    _, plain = issued(secret="partner-demo-token")
    for _ in range(30):
        with pytest.raises(WrongCredential):
            caller(headers)
    answer = client.get(GUARDED, headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"code": 401, "message": "Invalid credentials"})
    assert not AttemptCounter.objects.exists()
    assert caller(key(plain)).label == "Brame's system"


def test_no_key_at_all_is_no_credential():
    assert caller(key("") | oauth("")) is None


def test_the_header_authorization_decides_before_any_other():
    _, plain = issued()
    with pytest.raises(WrongCredential):
        caller(basic("brame:wrong") | key(plain))


# --- short-lived access tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["Bearer", "X-CAP-API-OAUTH-TOKEN"])
def test_an_access_token_stands_for_its_token(way, django_assert_num_queries):
    token, plain = issued()
    granted = grants.grant(token, FIVE_MINUTES, at=timezone.now())
    expected = caller(key(plain))
    with django_assert_num_queries(1):
        assert caller(SHOWN[way](granted)) == expected


def test_an_access_token_is_long_random_and_kept_as_a_digest():
    token, _ = issued()
    granted = grants.grant(token, FIVE_MINUTES, at=timezone.now())
    assert (granted[:4], len(granted)) == ("lpa_", 48)
    assert granted != grants.grant(token, FIVE_MINUTES, at=timezone.now())
    assert AccessGrant.objects.filter(digest=tokens.digest_of(granted)).exists()
    assert granted[4:] not in str(AccessGrant.objects.values())


def test_an_access_token_is_good_until_the_moment_it_expires():
    now = timezone.now()
    token, _ = issued()
    granted = grants.grant(token, FIVE_MINUTES, at=now)
    assert grants.find(granted, at=now + FIVE_MINUTES - timedelta(seconds=1)) == token
    assert grants.find(granted, at=now + FIVE_MINUTES) is None


@pytest.mark.parametrize("ending", ["revoked_at", "expires_at"])
def test_an_access_token_ends_with_its_token(ending):
    token, _ = issued()
    granted = grants.grant(token, FIVE_MINUTES, at=timezone.now())
    ApiToken.objects.update(**{ending: timezone.now()})
    with pytest.raises(WrongCredential):
        caller(oauth(granted))


def test_an_access_token_ends_with_its_partner():
    token, _ = issued()
    granted = grants.grant(token, FIVE_MINUTES, at=timezone.now())
    token.partner.active = False
    token.partner.save()
    with pytest.raises(WrongCredential):
        caller(oauth(granted))
