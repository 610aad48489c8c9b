"""Access tokens for clients that send one instead of their key. Rule: Capillary, "OAuth", 'Generating access token'."""

from datetime import datetime, timedelta

from django.utils import timezone
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.access import grants, throttles, tokens
from loyalty_site.access.authentication import WrongCredential
from loyalty_site.access.models import ApiToken
from loyalty_site.api.capillary import CAPILLARY
from loyalty_site.api.parsing import ObjectParser
from loyalty_site.api.strict import Object, read
from loyalty_site.api.strict_fields import Text
from loyalty_site.database import unit_of_work

TTL = timedelta(minutes=5)
CREDENTIALS = Object({"key": Text(255), "secret": Text(255)})


class OAuthTokenView(APIView):
    """`POST /v3/oauth/token/generate` with the `key` and `secret` that are an API token, as in Basic credentials."""

    dialect = CAPILLARY
    parser_classes = (ObjectParser,)

    def post(self, request: Request) -> Response:
        sent, at = read(request, CREDENTIALS), timezone.now()
        token = tokens.find(f"{sent['key']}:{sent['secret']}", at=at)
        if token is None:
            raise WrongCredential
        if wait := throttles.seconds_to_wait(token.pk, token.requests_per_minute, at=at):
            raise Throttled(wait)
        return Response({"data": _granted(token, at), "errors": None})


@unit_of_work
def _granted(token: ApiToken, at: datetime) -> dict[str, object]:
    """An access token outlives its API token by nothing."""
    tokens.note_use(token, at=at)
    ttl = TTL if token.expires_at is None else min(TTL, token.expires_at - at)
    return {"accessToken": grants.grant(token, ttl, at=at), "ttlSeconds": int(ttl.total_seconds())}
