"""Who calls the API, from the credential in the request's headers. One SQL statement a request."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.request import Request

from loyalty_site.access import grants, log_in_tokens, origins, tokens
from loyalty_site.access.actors import Principal, Role
from loyalty_site.access.endpoints import ANYBODY, allowed, route_of
from loyalty_site.access.models import ApiToken, User

LONGEST = 4096  # characters; a credential that is longer is none of ours


class InvalidToken(AuthenticationFailed):
    """A Bearer token that is broken, unknown, expired, revoked or ended."""

    default_detail = "Invalid JWT Token"


class WrongCredential(AuthenticationFailed):
    """Another credential that is broken, unknown, expired or revoked, or whose partner is switched off."""

    default_detail = "Invalid credentials"


class WrongAuthToken(APIException):
    """A wrong X-AUTH-TOKEN: 403 by the contract, where a wrong Bearer token is 401."""

    status_code = status.HTTP_403_FORBIDDEN
    default_detail = "Invalid credentials."
    default_code = "permission_denied"


def bearer(request: Request, at: datetime) -> Principal | None:
    """`Authorization: Bearer <log-in token or API token>`. Raises InvalidToken."""
    words = request.META.get("HTTP_AUTHORIZATION", "").split(" ")
    if len(words) != 2 or words[0].lower() != "bearer" or not words[1]:
        return None
    caller = _caller_by_bearer(words[1], at)
    if caller is None:
        raise InvalidToken
    return caller


def basic(request: Request, at: datetime) -> Principal | None:
    """`Authorization: Basic <user:password>`, which as a whole is the text of an API token. Raises WrongCredential.

    Rule: Capillary, "Issue promotion", authentication.
    """
    words = request.META.get("HTTP_AUTHORIZATION", "").split(" ")
    if words[0].lower() != "basic":
        return None
    try:
        text = b64decode(" ".join(words[1:]), validate=True).decode()
    except ValueError:  # no Base64, no text
        raise WrongCredential from None
    return _holder_of(text if ":" in text else "", at)


def x_api_key(request: Request, at: datetime) -> Principal | None:
    """`x-api-key: <API token>`. Rule: RBI, "Loyalty API - Getting Started". Raises WrongCredential."""
    text = request.META.get("HTTP_X_API_KEY", "")
    return _holder_of(text, at) if text else None


def oauth_token(request: Request, at: datetime) -> Principal | None:
    """`X-CAP-API-OAUTH-TOKEN: <access token>`. Rule: Capillary, "OAuth". Raises WrongCredential."""
    text = request.META.get("HTTP_X_CAP_API_OAUTH_TOKEN", "")
    return _holder_of(text, at) if text else None


def x_auth_token(request: Request, at: datetime) -> Principal | None:
    """`X-AUTH-TOKEN: <API token>`. Raises WrongAuthToken."""
    text = request.META.get("HTTP_X_AUTH_TOKEN", "")
    if not text:
        return None
    caller = _caller_by_api_token(text, at)
    if caller is None:
        raise WrongAuthToken
    return caller


# Each reads one kind of credential: the caller, None where the request shows no such credential, or an exception.
# Any of them is good anywhere: what it may do is a matter of role and scope.
KINDS: list[Callable[[Request, datetime], Principal | None]] = [bearer, basic, x_auth_token, x_api_key, oauth_token]


class Credentials(BaseAuthentication):
    """DRF's authentication: the first kind of credential that the request shows decides."""

    def authenticate(self, request: Request) -> tuple[Principal, None] | None:
        """None without a credential. An endpoint open to anybody ignores them, wrong ones too."""
        if allowed(route_of(request), request.method) is ANYBODY:
            return None
        at = timezone.now()
        for kind in KINDS:
            caller = kind(request, at)
            if caller is not None:
                if caller.role == Role.CUSTOMER:
                    origins.forget_address()
                return caller, None
        return None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _caller_by_bearer(text: str, at: datetime) -> Principal | None:
    """A text that we signed is a log-in token; any other is looked up as an API token, whatever its form."""
    if not _may_be_ours(text):
        return None
    claims = log_in_tokens.read_jwt(text)
    if claims is None:
        return _caller_by_api_token(text, at)
    user = log_in_tokens.holder_of(claims, at=at)
    return user and _principal_of_user(user)


def _holder_of(text: str, at: datetime) -> Principal:
    caller = _caller_by_api_token(text, at)
    if caller is None:
        raise WrongCredential
    return caller


def _caller_by_api_token(text: str, at: datetime) -> Principal | None:
    if not text or not _may_be_ours(text):
        return None
    token = grants.find(text, at=at) if text.startswith(grants.BEGINNING) else tokens.find(text, at=at)
    if token is None:
        return None
    tokens.note_use(token, at=at)
    return _principal_of_token(token)


def _may_be_ours(text: str) -> bool:
    return text.isascii() and len(text) <= LONGEST


def _principal_of_user(user: User) -> Principal:
    """The store a seller works in is information only: it bounds nothing."""
    return Principal(
        kind="user",
        id=user.pk,
        label=user.audit_label,
        role=Role(user.role),
        may_transfer_points=user.may_transfer_points,
    )


def _principal_of_token(token: ApiToken) -> Principal:
    return Principal(
        kind="token",
        id=token.pk,
        label=token.name,
        role=Role(token.role),
        scopes=frozenset(token.scopes),
        store_id=token.store_id,
        partner=token.partner and replace(token.partner.facts, values=tuple(sorted(token.partner_values or ()))),
        requests_per_minute=token.requests_per_minute,
    )
