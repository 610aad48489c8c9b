"""JWTs and refresh tokens."""

import base64
import json
from datetime import timedelta

import jwt
import pytest
from django.conf import settings

from loyalty_site.access import log_in_tokens
from loyalty_site.access.errors import BadCredentials
from loyalty_site.access.models import RefreshToken
from loyalty_site.access.tokens import digest_of
from tests.loyalty_site.access.conftest import AT

ISSUED = 1772627400  # AT, in seconds
DAY = 86_400


def test_the_claims_are_those_that_front_ends_read(admin):
    admin.last_login = AT
    claims = jwt.decode(log_in_tokens.make_jwt(admin, at=AT), options={"verify_signature": False})
    assert claims == {
        "exp": ISSUED + DAY,
        "iat": ISSUED,
        "username": "boss",
        "roles": ["ROLE_ADMIN"],
        "id": "22200000-0000-474c-b092-b0dd880c07e2",
        "lastLoginAt": "2026-03-04T13:30:00+0100",
        "tv": 0,
    }


def test_who_never_logged_in_has_no_last_log_in(admin):
    claims = jwt.decode(log_in_tokens.make_jwt(admin, at=AT), options={"verify_signature": False})
    assert claims["lastLoginAt"] is None


def test_the_lifetime_is_a_setting(admin, settings):
    settings.ACCESS_TOKEN_LIFETIME = timedelta(hours=1)
    claims = jwt.decode(log_in_tokens.make_jwt(admin, at=AT), options={"verify_signature": False})
    assert claims["exp"] == ISSUED + 3600


def test_the_algorithm_is_hs256(admin):
    assert jwt.get_unverified_header(log_in_tokens.make_jwt(admin, at=AT)) == {"alg": "HS256", "typ": "JWT"}


def test_a_token_of_ours_is_read(admin):
    claims = log_in_tokens.read_jwt(log_in_tokens.make_jwt(admin, at=AT))
    assert claims == log_in_tokens.Claims(admin.pk, 0, ISSUED + DAY)


def forged(claims, key=settings.JWT_KEY, algorithm="HS256", headers=None):
    good = {"id": "22200000-0000-474c-b092-b0dd880c07e2", "tv": 0, "exp": ISSUED}
    return jwt.encode(good | claims, key, algorithm=algorithm, headers=headers)


def brackets(depth):
    return base64.urlsafe_b64encode(b"[" * depth).decode() + ".e30.AAAA"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(forged({}, key="k" * 64), id="another key"),
        pytest.param(forged({}, algorithm="HS512"), id="another algorithm, our key"),
        pytest.param(forged({}, key=None, algorithm="none"), id="no algorithm"),
        pytest.param(forged({}, key="k" * 64, headers={"kid": "../../dev/null"}), id="foreign key id"),
        pytest.param(forged({})[:-3] + "AAA", id="broken signature"),
        pytest.param(forged({"id": "7"}), id="id that is no UUID"),
        pytest.param(forged({"id": 7}), id="id that is a number"),
        pytest.param(forged({"tv": None}), id="no version"),
        pytest.param(forged({"exp": None}), id="no end"),
        pytest.param(jwt.encode({}, settings.JWT_KEY, algorithm="HS256"), id="no claims"),
        pytest.param(brackets(2_900), id="deep header"),
        pytest.param("a.b.c", id="three words"),
        pytest.param("..", id="dots"),
        pytest.param("\x00", id="NUL"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_other_text_is_read(text):
    assert log_in_tokens.read_jwt(text) is None


def test_a_changed_claim_is_noticed(admin):
    header, payload, signature = log_in_tokens.make_jwt(admin, at=AT).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    changed = base64.urlsafe_b64encode(json.dumps(claims | {"roles": ["ROLE_ADMIN", "x"]}).encode()).decode().strip("=")
    assert log_in_tokens.read_jwt(f"{header}.{changed}.{signature}") is None


def holder(user, at=AT):
    return log_in_tokens.holder_of(log_in_tokens.read_jwt(log_in_tokens.make_jwt(user, at=AT)), at=at)


def test_the_holder_is_found_in_one_query(admin, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert holder(admin) == admin


def test_a_token_is_good_for_a_day(admin):
    assert holder(admin, at=AT + timedelta(seconds=DAY - 1)) == admin
    assert holder(admin, at=AT + timedelta(seconds=DAY)) is None


def test_a_new_password_ends_the_token(admin):
    claims = log_in_tokens.read_jwt(log_in_tokens.make_jwt(admin, at=AT))
    admin.set_password("other")
    admin.save()
    assert log_in_tokens.holder_of(claims, at=AT) is None


def test_a_deactivated_user_holds_nothing(admin):
    type(admin).objects.update(is_active=False)
    assert holder(admin) is None


def test_a_user_without_a_role_holds_nothing(admin):
    type(admin).objects.update(role="")
    assert holder(admin) is None


def test_a_log_in_keeps_only_the_digest_of_the_refresh_token(admin):
    plain = log_in_tokens.start(admin, at=AT).refresh_token
    row = RefreshToken.objects.values().get()
    assert row == {
        "digest": digest_of(plain),
        "user_id": admin.pk,
        "token_version": 0,
        "expires_at": AT + timedelta(days=30),
    }
    assert len(plain) == 64


def test_a_log_in_is_remembered_as_the_last_one(admin):
    token = log_in_tokens.start(admin, at=AT).token
    admin.refresh_from_db()
    assert admin.last_login == AT
    assert jwt.decode(token, options={"verify_signature": False})["lastLoginAt"] == "2026-03-04T13:30:00+0100"


def test_a_log_in_clears_the_users_expired_refresh_tokens(admin, seller):
    for user in (admin, seller):
        log_in_tokens.start(user, at=AT)
    log_in_tokens.start(admin, at=AT + timedelta(days=30))
    assert RefreshToken.objects.filter(user=admin).count() == 1
    assert RefreshToken.objects.filter(user=seller).count() == 1


def test_refreshing_gives_the_same_refresh_token_extended(admin):
    plain = log_in_tokens.start(admin, at=AT).refresh_token
    later = AT + timedelta(days=29)
    refreshed = log_in_tokens.refresh(plain, at=later)
    assert refreshed.refresh_token == plain
    assert RefreshToken.objects.get().expires_at == later + timedelta(days=30)
    claims = jwt.decode(refreshed.token, options={"verify_signature": False})
    assert (claims["iat"], claims["lastLoginAt"]) == (ISSUED + 29 * DAY, "2026-03-04T13:30:00+0100")


def refused(plain, at=AT):
    with pytest.raises(BadCredentials):
        log_in_tokens.refresh(plain, at=at)


def test_an_expired_refresh_token_is_refused(admin):
    plain = log_in_tokens.start(admin, at=AT).refresh_token
    refused(plain, at=AT + timedelta(days=30))
    assert RefreshToken.objects.get().expires_at == AT + timedelta(days=30)


def test_an_unknown_refresh_token_is_refused(admin):
    log_in_tokens.start(admin, at=AT)
    refused("unknown")


def test_a_digest_is_no_refresh_token(admin):
    log_in_tokens.start(admin, at=AT)
    refused(RefreshToken.objects.get().digest)


def test_a_new_password_ends_refresh_tokens(admin):
    plain = log_in_tokens.start(admin, at=AT).refresh_token
    admin.set_password("other")
    admin.save()
    refused(plain)


def test_a_refresh_token_that_a_new_password_overtook_is_refused(admin):
    """The log-in read the account before the password changed and stored its token after."""
    plain = log_in_tokens.start(admin, at=AT).refresh_token
    type(admin).objects.update(token_version=1)
    refused(plain)


def test_a_deactivated_users_refresh_token_is_refused(admin):
    plain = log_in_tokens.start(admin, at=AT).refresh_token
    type(admin).objects.update(is_active=False)
    refused(plain)


def test_switching_an_account_off_and_on_revives_no_token(admin):
    log_in = log_in_tokens.start(admin, at=AT)
    for active in (False, True):
        admin.is_active = active
        admin.save()
    refused(log_in.refresh_token)
    assert log_in_tokens.holder_of(log_in_tokens.read_jwt(log_in.token), at=AT) is None


def test_revoking_ends_the_users_refresh_tokens_only(admin, seller):
    mine, theirs = (log_in_tokens.start(user, at=AT).refresh_token for user in (admin, seller))
    log_in_tokens.revoke_all(admin.pk)
    refused(mine)
    assert log_in_tokens.refresh(theirs, at=AT).refresh_token == theirs
