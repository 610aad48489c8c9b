"""HTTP as the clients speak it: JSON, PHP's bracketed forms and multipart, with a credential where there is one."""

import json
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import requests

SECONDS = 30


class Broken(Exception):
    """A client would not work against this server; the text says what it met."""


class Connection:
    """One client's connection. Every call names the status that the client counts on.

    Paths are below `root`. The headers of the credential go with every call.
    """

    def __init__(self, server: str, credential: Mapping[str, str] | None = None, *, root: str = "/api") -> None:
        self.base = f"{server}{root}"
        self.credential = credential or {}

    def log_in(self, kind: str, username: str, password: str, *, form: bool = False) -> dict[str, Any]:
        """Keep the token; the answer is what the front ends read from inside it."""
        credentials = {"_username": username, "_password": password}
        body = self.call("POST", f"{kind}/login_check", **{"form" if form else "json": credentials})
        has(body, "token", "refresh_token")
        self.credential = bearer(body["token"])
        self.refresh_token = body["refresh_token"]
        claims = json.loads(urlsafe_b64decode(body["token"].split(".")[1] + "=="))
        has(claims, "exp", "roles", "id", "username")
        return claims

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        return self.call("GET", path, status, query=query)

    def post(self, path: str, json: Any = None, status: int = 200) -> Any:
        return self.call("POST", path, status, json=json)

    def put(self, path: str, json: Any) -> Any:
        return self.call("PUT", path, json=json)

    def call(self, method: str, path: str, status: int = 200, **content: Any) -> Any:
        """The body, read as JSON."""
        answer = self.answer(method, path, status, **content)
        try:
            return answer.json()
        except ValueError:
            raise Broken(f"{method} {path}: the answer is no JSON but {answer.text[:200]!r}") from None

    def answer(
        self,
        method: str,
        path: str,
        status: int = 200,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        form: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        anonymous: bool = False,
    ) -> requests.Response:
        sent = {} if anonymous else dict(self.credential)
        if method != "GET":
            sent["Idempotency-Key"] = str(uuid4())
        answer = requests.request(
            method,
            f"{self.base}/{path}",
            params=query,
            json=json,
            data=dict(bracketed(form)) if form else None,
            files=files,
            headers={**sent, **(headers or {})},
            timeout=SECONDS,
        )
        if answer.status_code != status:
            told = f"{answer.status_code} instead of {status}: {answer.text[:500]}"
            raise Broken(f"{method} {path} answers {told}")
        return answer


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"}


def bracketed(tree: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The fields of a form as PHP builds them: `customer[address][city]`."""
    if not isinstance(tree, Mapping | list):
        yield name, str(int(tree)) if isinstance(tree, bool) else str(tree)
        return
    items = tree.items() if isinstance(tree, Mapping) else enumerate(tree)
    for key, value in items:
        yield from bracketed(value, f"{name}[{key}]" if name else str(key))


def has(body: Mapping[str, Any], *keys: str) -> None:
    """Keys that the client reads without asking whether they are there."""
    missing = [key for key in keys if key not in body]
    if missing:
        raise Broken(f"{', '.join(missing)} not among {', '.join(body)}")


def same(what: str, found: Any, expected: Any) -> None:
    if found != expected:
        raise Broken(f"{what} is {found!r}, not {expected!r}")


def first_key(body: Mapping[str, Any]) -> str:
    """The front ends take the first key of a list's body as the list, and `total` beside it."""
    has(body, "total")
    return next(iter(body))
