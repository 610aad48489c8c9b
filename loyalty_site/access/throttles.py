"""The limit of requests per token, counted before the request's own transaction begins.

A minute begins with the first request of a token that has none running. Calls that the token may not make at all do
not count; a refused one is kept under no Idempotency-Key, since it never comes so far.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.views import View
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from loyalty_site.access import counters

MINUTE = timedelta(minutes=1)


class ByToken(BaseThrottle):
    """DRF answers 429 with Retry-After, in the words of the view's dialect."""

    seconds = 0

    def allow_request(self, request: Request, view: View) -> bool:
        if request.user is not None:
            self.seconds = seconds_to_wait(request.user.id, request.user.requests_per_minute, at=timezone.now())
        return not self.seconds

    def wait(self) -> float:
        return self.seconds


def seconds_to_wait(token_id: UUID, limit: int | None, *, at: datetime) -> int:
    """Count a request with this token: 0, or how long it must wait instead. Without a limit nothing is counted."""
    return 0 if limit is None else counters.step(f"token:{token_id}", limit, MINUTE, at=at)
