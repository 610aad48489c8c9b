"""Callers of the API, each with a credential of its own, and what they are told."""

import json
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from loyalty_site.access import log_in_tokens, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import User
from loyalty_site.access.partner_models import Partner
from loyalty_site.access.scopes import SCOPES
from tests.builders import AT
from tests.conformance import errors_in_body

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

ADMIN_ID = UUID("22200000-0000-474c-b092-b0dd880c07e2")
SELLER_ID = UUID("00000000-0000-474c-b092-b0dd880c07e4")
MEMBER_ID = UUID("00000000-0000-474c-b092-b0dd880c07e1")

UNAUTHORIZED = 401, {"code": 401, "message": "Invalid credentials"}
INVALID_TOKEN = 401, {"code": 401, "message": "Invalid JWT Token"}


def failure(status: int, message: str):
    return status, {"error": {"code": status, "message": message}}


BAD_REQUEST = failure(400, "Bad Request")
FORBIDDEN = failure(403, "Forbidden")
NOT_FOUND = failure(404, "Not Found")
NOT_ALLOWED = failure(405, "Method Not Allowed")


class Caller:
    """Somebody with these headers; `get`, `post` and `put` return the status and the body of the answer.

    Not for two threads at once.
    """

    def __init__(self, **headers: str):
        self.headers = headers
        self.client = Client()

    @property
    def token(self) -> str:
        return self.headers["Authorization"].removeprefix("Bearer ")

    def send(self, method: str, path: str, body=None, *, media: str | None = None, **headers: str) -> HttpResponse:
        """A dict or a list goes as JSON, a text or bytes as a form, unless `media` says what it is."""
        is_json = isinstance(body, dict | list)
        content = json.dumps(body) if is_json else body or b""
        sent = {name.replace("_", "-"): value for name, value in (self.headers | headers).items()}
        return self.client.generic(method, path, content, media or (JSON if is_json else FORM), headers=sent)

    def get(self, path: str, body=None, **options):
        return told(self.send("GET", path, body, **options))

    def post(self, path: str, body=None, **options):
        return told(self.send("POST", path, body, **options))

    def put(self, path: str, body=None, **options):
        return told(self.send("PUT", path, body, **options))


ANONYMOUS = Caller()


def told(answer: HttpResponse):
    """Status and body; whatever the answer is, it is JSON."""
    assert answer.headers["Content-Type"] == JSON
    body = json.loads(answer.getvalue())
    if answer.streaming:
        route, method = answer.resolver_match.url_name, answer.wsgi_request.method
        assert errors_in_body(route, method, answer.status_code, body) == []
    return answer.status_code, body


def form(fields: dict[str, object]) -> str:
    """As a browser sends it: names with brackets, percent-encoded."""
    return urlencode(fields)


def bearer(token: str) -> Caller:
    return Caller(Authorization=f"Bearer {token}")


def user(role: Role, user_id: UUID, **fields) -> User:
    return User.objects.create(pk=user_id, username=str(user_id), role=role, **fields)


def logged_in(account: User) -> Caller:
    return bearer(log_in_tokens.make_jwt(account, at=AT))


def with_token(role: Role, scopes=tuple(SCOPES), **fields) -> Caller:
    """Somebody with an API token; a partner's is that of the partner "Brame" unless another is named."""
    if role is Role.PARTNER:
        fields = {"partner": partner()} | fields
    return bearer(tokens.issue("till", role, scopes, actor=SYSTEM, at=AT, **fields)[1])


def partner(name: str = "Brame", **fields) -> Partner:
    return Partner.objects.get_or_create(name=name, defaults=fields)[0]
