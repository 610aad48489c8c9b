"""Where a write begins: the transaction, its retries and the caller's Idempotency-Key."""

import re
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from loyalty_site.access import idempotency
from loyalty_site.api.dialects import Body, Dialect
from loyalty_site.api.failures import KeyMalformed, KeyOfAnotherRequest, KeyStillRunning
from loyalty_site.api.fingerprints import fingerprint_of
from loyalty_site.api.rendering import plain
from loyalty_site.errors import DomainError
from loyalty_site.outages import retried

KEY = re.compile("[!-~]{1,255}")
NEVER_KEPT = {401, 403, 429}

Effect = Callable[[], Response | tuple[int, Body]]


def run_write(request: Request, effect: Effect, *, dialect: Dialect) -> Response:
    """Run the effect in one transaction, once per Idempotency-Key of the caller, and answer.

    The effect returns a status and a body, or a Response of them. It is run anew, from its start, after a conflict
    with another transaction: whatever it decides on, it must read itself. A DomainError undoes it; with a key, the
    refusal is kept as the key's answer. Validate before: what is raised outside the effect is not kept.
    """
    key = _key(request)
    if key is None or request.user is None:
        status, body = retried(lambda: _committed(effect))
        return Response(body, status)
    return _once(request, key, effect, dialect)


def _once(request: Request, key: str, effect: Effect, dialect: Dialect) -> Response:
    owner, fingerprint, at = request.user.actor.key, fingerprint_of(request), timezone.now()

    def refusal(error: DomainError) -> tuple[int, Body] | None:
        answer = dialect.refusal(error)
        if answer is None or answer.status in NEVER_KEPT or answer.status >= 500:
            return None
        return answer.status, plain(answer.body)

    try:
        outcome = retried(lambda: idempotency.once(owner, key, fingerprint, lambda: _result(effect), refusal, at))
    except idempotency.KeyReused as error:
        raise KeyOfAnotherRequest from error
    except idempotency.KeyInFlight as error:
        raise KeyStillRunning from error
    return Response(outcome.body, outcome.status, headers={"Idempotent-Replayed": "true"} if outcome.replayed else {})


def _committed(effect: Effect) -> tuple[int, Body]:
    with transaction.atomic(durable=True):
        return _result(effect)


def _result(effect: Effect) -> tuple[int, Body]:
    """The effect's answer in JSON's own types, so that a stored answer equals the first."""
    result = effect()
    status, body = (result.status_code, result.data) if isinstance(result, Response) else result
    return status, plain(body)


def _key(request: Request) -> str | None:
    """Raises KeyMalformed for a key that is not 1 to 255 visible ASCII characters."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        raise KeyMalformed
    return key
