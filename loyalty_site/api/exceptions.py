"""From an exception to an answer, in the words of the view's dialect."""

import logging
from collections.abc import Mapping
from math import ceil
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import set_rollback

from loyalty_site.api.dialects import Answer, Dialect
from loyalty_site.api.form_errors import FormInvalid
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from loyalty_site.errors import DomainError
from loyalty_site.files.outages import StorageUnavailable
from loyalty_site.outages import is_outage

logger = logging.getLogger(__name__)

STATUSES: dict[type[Exception], int] = {  # the first that fits
    NotAuthenticated: 401,  # DRF would make some of these 403
    AuthenticationFailed: 401,
    Http404: 404,
    PermissionDenied: 403,
    RequestDataTooBig: 413,
    SuspiciousOperation: 400,
    BadRequest: 400,
}


def answer_exception(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler. None for what only a programming error can raise: that becomes a logged 500."""
    answer = answer_to(error, dialect_of(context["view"]))
    if answer is None:
        return None
    set_rollback()
    return Response(answer.body, answer.status, headers=dict(answer.headers))


def dialect_of(view: object) -> Dialect:
    """What the view, or its class, names as `dialect`; without one, Open Loyalty's."""
    return getattr(view, "dialect", OPEN_LOYALTY)


def answer_to(error: Exception, dialect: Dialect) -> Answer | None:
    if isinstance(error, DomainError):
        return dialect.refusal(error)
    if isinstance(error, FormInvalid):
        return Answer(400, error.body)
    status = _status(error)
    if status is None:
        return None
    return Answer(status, dialect.failed(status, error), _headers(status, error, dialect))


def _status(error: Exception) -> int | None:
    if is_outage(error) or isinstance(error, StorageUnavailable):
        what = "file storage" if isinstance(error, StorageUnavailable) else "database"
        logger.warning("The %s cannot serve: %s", what, " ".join(str(error).split()))
        return 503
    for kind, status in STATUSES.items():
        if isinstance(error, kind):
            return status
    return error.status_code if isinstance(error, APIException) else None


def _headers(status: int, error: Exception, dialect: Dialect) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": dialect.challenge}
    wait = getattr(error, "wait", 1 if status == 503 else None)  # seconds
    return {} if wait is None else {"Retry-After": str(ceil(wait))}
