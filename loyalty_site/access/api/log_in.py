"""Log-in, refresh and revoke, in the words of Open Loyalty, "Authentication"."""

from typing import Any

from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.access import log_in_tokens
from loyalty_site.access.addresses import address_of
from loyalty_site.access.errors import AccountNotActive, BadCredentials, TooManyAttempts
from loyalty_site.access.log_in import ADMIN, LONGEST, Door, log_in
from loyalty_site.access.log_in_tokens import LogIn
from loyalty_site.access.second_factor import may_not_log_in_by_password_alone

WRONG = "Bad credentials"
NOT_ACTIVE = {"message": "Your account is not active"}
CHANGE_NEEDED = {"error": "password change needed"}


class LogInView(APIView):
    """`POST /api/<door>/login_check` with `_username` and `_password`."""

    door: Door = ADMIN

    def post(self, request: Request) -> Response:
        name, password = _field(request, "_username"), _field(request, "_password")
        try:
            logged_in = log_in(self.door, name, password, address=address_of(request), at=timezone.now())
        except BadCredentials as refusal:
            raise AuthenticationFailed(WRONG) from refusal
        except AccountNotActive:
            return Response(NOT_ACTIVE, status.HTTP_400_BAD_REQUEST)
        except TooManyAttempts as locked:
            raise Throttled(wait=locked.seconds) from locked
        change_needed = CHANGE_NEEDED if logged_in.password_is_temporary else {}
        return Response(_tokens(logged_in) | change_needed)


class RefreshView(APIView):
    """`POST /api/token/refresh` with `refresh_token`: a new token beside the same refresh token."""

    def post(self, request: Request) -> Response:
        text = _field(request, "refresh_token")
        if not isinstance(text, str) or not text.isascii() or len(text) > LONGEST:
            raise AuthenticationFailed(WRONG)
        try:
            again = log_in_tokens.refresh(text, at=timezone.now(), barred=may_not_log_in_by_password_alone)
            return Response(_tokens(again))
        except BadCredentials as refusal:
            raise AuthenticationFailed(WRONG) from refusal


class RevokeView(APIView):
    """`GET /api/token/revoke`: ends the caller's refresh tokens."""

    def get(self, request: Request) -> Response:
        if request.user.kind == "user":
            log_in_tokens.revoke_all(request.user.id)
        return Response([])


def _field(request: Request, name: str) -> Any:
    return request.data.get(name) if isinstance(request.data, dict) else None


def _tokens(logged_in: LogIn) -> dict[str, str]:
    return {"token": logged_in.token, "refresh_token": logged_in.refresh_token}
