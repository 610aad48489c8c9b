"""One effect per key: a repeated request gets the stored answer.

The key's row, the effect and the answer commit together or not at all, so no crash can leave a key without its answer
or an effect without its key. Semantics: IETF draft "The Idempotency-Key HTTP Header Field", with 422 for another body
under the same key and 409 while the first request is still running.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction

from loyalty_site.access.models import IdempotencyKey
from loyalty_site.database import execute, fetch_one, prepared
from loyalty_site.errors import DomainError

KEPT = timedelta(days=7)
LOCK_NOT_AVAILABLE = "55P03"

Answer = tuple[int, Any]

CLAIM = """
INSERT INTO access_idempotencykey (owner, key, fingerprint, body, created_at) VALUES (%s, %s, %s, '', %s)
ON CONFLICT (owner, key) DO NOTHING RETURNING id
"""
STORE = "UPDATE access_idempotencykey SET status = %s, body = %s WHERE id = %s"


class KeyReused(DomainError):
    """The key belongs to another request of the same caller."""


class KeyInFlight(DomainError):
    """The first request with this key has not been answered yet."""


@dataclass(frozen=True)
class Outcome:
    """An answer, and whether an earlier request produced it."""

    status: int
    body: Any
    replayed: bool


def once(
    owner: str,
    key: str,
    fingerprint: str,
    effect: Callable[[], Answer],
    refusal: Callable[[DomainError], Answer | None],
    at: datetime,
) -> Outcome:
    """Run the effect unless the owner's key has an answer already. Raises KeyReused and KeyInFlight.

    `effect` returns a status and a body that is JSON. A DomainError that it raises undoes the effect; `refusal` says
    with which answer the key is kept, or None for a refusal that is not kept: then the error is raised on. After any
    other exception everything is undone and the key is free again. Must not be called inside a transaction.
    """
    with transaction.atomic(durable=True):
        row_id = _claim(owner, key, fingerprint, at)
        if row_id is None:
            return _earlier(owner, key, fingerprint)
        status, body = _answer(effect, refusal)
        stored = json.dumps(body, allow_nan=False)
        execute(STORE, [status, stored, row_id])
    return Outcome(status, json.loads(stored), replayed=False)  # read back: a replay cannot differ


def purge(*, before: datetime, batch: int = 1_000) -> int:
    """Forget the keys made before that time, in transactions of `batch` rows. Returns how many."""
    old = IdempotencyKey.objects.filter(created_at__lt=before).order_by("created_at")
    total = 0
    while ids := list(old.values_list("pk", flat=True)[:batch]):
        total += IdempotencyKey.objects.filter(pk__in=ids).delete()[0]
    return total


def _claim(owner: str, key: str, fingerprint: str, at: datetime) -> int | None:
    """The new row's id, or None where the key exists. A request that holds the key uncommitted is waited for."""
    try:
        row = fetch_one(CLAIM, [owner, key, fingerprint, prepared(IdempotencyKey, "created_at", at)])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise KeyInFlight from error
        raise
    return row and row[0]


def _earlier(owner: str, key: str, fingerprint: str) -> Outcome:
    row = IdempotencyKey.objects.filter(owner=owner, key=key).first()
    if row is None or row.status is None:  # purged this very moment: asked again, the key is free
        raise KeyInFlight
    if row.fingerprint != fingerprint:
        raise KeyReused
    return Outcome(row.status, json.loads(row.body), replayed=True)


def _answer(effect: Callable[[], Answer], refusal: Callable[[DomainError], Answer | None]) -> Answer:
    try:
        with transaction.atomic():
            return effect()
    except DomainError as error:
        kept = refusal(error)
        if kept is None:
            raise
        return kept
