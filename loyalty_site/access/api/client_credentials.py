"""Short-lived access tokens for Exchange Solutions' clients. Rules: its "API Reference"; RFC 6749, section 4.4."""

from base64 import b64decode
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.access import grants, tokens
from loyalty_site.access.actors import Role
from loyalty_site.access.authentication import LONGEST
from loyalty_site.access.models import ApiToken
from loyalty_site.access.throttles import seconds_to_wait
from loyalty_site.api.exchange_solutions import ExchangeSolutions
from loyalty_site.api.parsing import BracketFormParser, ObjectParser
from loyalty_site.api.strict import Object, Values, read
from loyalty_site.api.strict_fields import OneOf, Text
from loyalty_site.database import unit_of_work

TTL = timedelta(hours=1)
BODY = Object(
    {
        "grant_type": OneOf(["client_credentials"]),
        "client_id": Text(LONGEST, required=False, blank=True),
        "client_secret": Text(LONGEST, required=False, blank=True),
    }
)


class TokenCall(ExchangeSolutions):
    challenge = "Basic"


class TokenView(APIView):
    """`POST /client/oauth/token` with `grant_type=client_credentials`, as a form or as JSON.

    Client id and secret, in Basic or in the body, are an API token's text on both sides of its colon; of a token
    without one the text is either of the two, and the other is left empty.
    """

    parser_classes = (BracketFormParser, ObjectParser)
    dialect = TokenCall()

    def post(self, request: Request) -> Response:
        body, at = read(request, BODY), timezone.now()
        text = _credentials(request, body)
        token = tokens.find(text, at=at) if text and text.isascii() and len(text) <= LONGEST else None
        if token is None or token.role != Role.PARTNER:
            raise AuthenticationFailed
        if seconds := seconds_to_wait(token.pk, token.requests_per_minute, at=at):
            raise Throttled(wait=seconds)
        return Response(_granted(token, at))


@unit_of_work
def _granted(token: ApiToken, at: datetime) -> dict[str, str | int]:
    """An access token ends with its API token at the latest, and says so."""
    tokens.note_use(token, at=at)
    ttl = TTL if token.expires_at is None else min(TTL, token.expires_at - at)
    plain = grants.grant(token, ttl, at=at)
    return {"access_token": plain, "token_type": "Bearer", "expires_in": int(ttl.total_seconds())}


def _credentials(request: Request, body: Values) -> str:
    scheme, _, encoded = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "basic":
        return _decoded(encoded).strip(":")
    parts: list[Any] = [body.get("client_id"), body.get("client_secret")]
    return ":".join(part for part in parts if part)


def _decoded(encoded: str) -> str:
    try:
        return b64decode(encoded, validate=True).decode()
    except ValueError:  # no Base64, no text
        return ""
