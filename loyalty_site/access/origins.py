"""Where a write comes from: known at the edge, written by the audit trail, handed through no service.

Whoever begins something sets it for as long as that lasts: the middleware for a request, the runner for a job.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from secrets import token_hex
from time import time_ns

from django.conf import settings
from django.http import HttpRequest

from loyalty_site.access.addresses import full_address_of

REQUEST_ID = re.compile("[!-~]{1,64}")


@dataclass(frozen=True)
class Origin:
    """None is what nobody knows, or what must not be kept."""

    address: str | None = None
    batch: str | None = None  # what was done together: a request's id, or `job:<id>`; at most 64 characters


NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def current() -> Origin:
    return _current.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    before = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(before)


def forget_address() -> None:
    """For a customer's own call: the trail only grows, and what it keeps of a person could never be erased."""
    _current.set(replace(_current.get(), address=None))


def of_request(request: HttpRequest) -> Origin:
    return Origin(full_address_of(request), _id_of(request))


def _id_of(request: HttpRequest) -> str:
    """The proxy's own, so that its log can be laid beside the trail; else one that grows with time, as indexes like."""
    given = request.headers.get("X-Request-Id", "") if settings.BEHIND_PROXY else ""
    return given if REQUEST_ID.fullmatch(given) else f"{time_ns() // 1_000_000:012x}{token_hex(6)}"
