"""HTTP for many clients on few cores: one kept connection each, nothing but the standard library."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 30.0  # seconds that a client waits for an answer before it takes the connection for broken
OK = 200
LATER = {409, 429, 503}  # answers that bid to ask again


class Broken(Exception):
    """The connection ended without an answer: the call has had its effect, or it has not."""


@dataclass(frozen=True)
class Call:
    """What a client asks. `credential` is a header's name and value."""

    method: str
    path: str
    credential: tuple[str, str]
    body: dict[str, Any] | None = None

    def headers(self, key: str | None) -> dict[str, str]:
        told = dict([self.credential])
        if self.body is not None:
            told["Content-Type"] = "application/json"
        return told | {"Idempotency-Key": key} if key else told


@dataclass(frozen=True)
class Answer:
    """`replayed`: the server says that it is an earlier request's. `again`: the server says when to come back."""

    status: int
    body: Any
    replayed: bool = False
    again: bool = False

    @property
    def is_definite(self) -> bool:
        return self.status < 500 and self.status not in LATER


class Line:
    """One client's connection, made anew after it broke."""

    def __init__(self, server: str, patience: float = PATIENCE, *, keyless: bool = False) -> None:
        """A keyless one leaves the keys out, as a careless client does."""
        address, self.keyless = urlsplit(server), keyless
        self.connection = HTTPConnection(address.hostname, address.port, timeout=patience)

    def ask(self, call: Call, key: str | None = None) -> Answer:
        """Raises Broken."""
        try:
            self._send(call, key)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as end:
            self.close()
            raise Broken(f"{type(end).__name__}: {end}") from end
        replayed = answer.headers.get("Idempotent-Replayed") == "true"
        told = _read(body)
        if answer.status == OK and isinstance(told, str):
            raise Broken(f"a streamed answer that was cut: {told[:100]}")
        return Answer(answer.status, told, replayed, "Retry-After" in answer.headers)

    def ask_and_leave(self, call: Call, key: str) -> None:
        """Send, and hang up without waiting for what the server says."""
        try:
            self._send(call, key)
        except (OSError, HTTPException) as end:
            raise Broken(f"{type(end).__name__}: {end}") from end
        finally:
            self.close()

    def close(self) -> None:
        self.connection.close()

    def _send(self, call: Call, key: str | None) -> None:
        body = None if call.body is None else json.dumps(call.body)
        self.connection.request(call.method, call.path, body, call.headers(None if self.keyless else key))


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body[:500].decode(errors="replace")
