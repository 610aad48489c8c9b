"""What a log-in gives: a JWT that front ends decode, and an opaque refresh token to get the next one with."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import jwt
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from loyalty_site.access.errors import BadCredentials
from loyalty_site.access.models import RefreshToken, User
from loyalty_site.access.tokens import digest_of
from loyalty_site.database import fetch_one, prepared, unit_of_work

ALGORITHM = "HS256"
# Every request of somebody logged in asks it.
HOLDER = """
SELECT username, role, may_transfer_points FROM access_user
WHERE id = %s AND token_version = %s AND is_active AND role <> ''
"""
AS_THE_PEER_WRITES_IT = "%Y-%m-%dT%H:%M:%S%z"


@dataclass(frozen=True)
class Claims:
    """What a JWT of ours says, as far as we believe it: the role is read from the account."""

    user_id: UUID
    version: int
    expires: float  # seconds since 1970


@dataclass(frozen=True)
class LogIn:
    """Both tokens, and whether the password must be changed."""

    token: str
    refresh_token: str
    password_is_temporary: bool


def make_jwt(user: User, *, at: datetime) -> str:
    """Claims as front ends read them: Open Loyalty, "Authentication". `tv` is the version that `end_all` ends."""
    issued = int(at.timestamp())
    claims = {
        "exp": issued + int(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
        "iat": issued,
        "username": user.username,
        "roles": [user.role],
        "id": str(user.pk),
        "lastLoginAt": user.last_login and timezone.localtime(user.last_login).strftime(AS_THE_PEER_WRITES_IT),
        "tv": user.token_version,
    }
    return jwt.encode(claims, settings.JWT_KEY, algorithm=ALGORITHM)


def read_jwt(text: str) -> Claims | None:
    """The claims of a token that we signed, expired or not; None for any other text."""
    unchecked = {"verify_exp": False, "verify_iat": False}  # the library's clock is not `at`
    try:
        claims = jwt.decode(text, settings.JWT_KEY, algorithms=[ALGORITHM], options=unchecked)
        return Claims(UUID(claims["id"]), int(claims["tv"]), float(claims["exp"]))
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError):
        return None
    except RecursionError:  # a header of a thousand brackets exhausts the JSON parser
        return None


def holder_of(claims: Claims, *, at: datetime) -> User | None:
    """Whose token it is, unless it has expired or was ended, or the account is switched off."""
    if claims.expires <= at.timestamp():
        return None
    found = fetch_one(HOLDER, [prepared(User, "id", claims.user_id), claims.version])
    return found and User(pk=claims.user_id, username=found[0], role=found[1], may_transfer_points=bool(found[2]))


@unit_of_work
def start(user: User, *, at: datetime) -> LogIn:
    """Tokens for somebody whose password was right."""
    user.last_login = at
    user.save(update_fields=["last_login"])
    user.refresh_tokens.filter(expires_at__lte=at).delete()
    plain = secrets.token_urlsafe(48)
    RefreshToken.objects.create(
        digest=digest_of(plain),
        user=user,
        token_version=user.token_version,
        expires_at=at + settings.REFRESH_TOKEN_LIFETIME,
    )
    return LogIn(make_jwt(user, at=at), plain, user.password_is_temporary)


def refresh(plain: str, *, at: datetime, barred: Callable[[User], bool] = lambda user: False) -> LogIn:
    """A new JWT and the same refresh token, extended. `barred` says who would not get in by a log-in any more.

    Raises BadCredentials when it is unknown, expired or ended.
    """
    known = RefreshToken.objects.select_related("user").filter(digest=digest_of(plain), expires_at__gt=at).first()
    if known is None or not known.user.is_active or known.user.token_version != known.token_version:
        raise BadCredentials
    if barred(known.user):
        raise BadCredentials
    if not RefreshToken.objects.filter(pk=known.pk).update(expires_at=at + settings.REFRESH_TOKEN_LIFETIME):
        raise BadCredentials  # revoked this very moment
    return LogIn(make_jwt(known.user, at=at), plain, known.user.password_is_temporary)


@unit_of_work
def end_all(user_id: UUID) -> None:
    """End every log-in of the user, JWTs too; there need not be such a user.

    A log-in that is just being made read the version of before: its tokens are never good.
    """
    if User.objects.filter(pk=user_id).update(token_version=F("token_version") + 1):
        revoke_all(user_id)


def revoke_all(user_id: UUID) -> None:
    """End every refresh token of the user; JWTs live on until they expire."""
    RefreshToken.objects.filter(user=user_id).delete()
