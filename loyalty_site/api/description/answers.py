"""The answers that many endpoints share."""

from collections.abc import Iterator, Sequence

from loyalty_site.api.description.dialects import Telling
from loyalty_site.api.description.operations import Operation
from loyalty_site.api.description.shapes import (
    INTEGER,
    TEXT,
    Schema,
    list_of,
    one_of,
    one_or_more,
    record,
    reference,
    words,
)

FIELD_ERRORS = record(
    {
        "errors?": list_of(TEXT),
        "children?": one_of(
            {"type": "object", "additionalProperties": reference("FieldErrors")}, list_of(reference("FieldErrors"))
        ),
    },
    title="FieldErrors",
)
FORM_ERRORS = record({"form": FIELD_ERRORS, "errors": list_of(TEXT)}, title="FormErrors")

MEANINGS = {
    200: "Success",
    204: "Success, which has nothing to tell",
    304: "The caller has it already",
    400: "Malformed, or refused",
    401: "No credential, or one that is not valid",
    403: "Not for this caller",
    404: "There is no such thing",
    405: "Not a method of this path",
    409: "The first request with this Idempotency-Key is still running",
    411: "A body without a Content-Length",
    413: "The body is too large",
    415: "The body is of a media type that is not read",
    422: "The Idempotency-Key was used for another request",
    429: "Too many attempts, or requests with this token",
    503: "The database or the file storage cannot serve now; nothing has happened",
}
RETRY_AFTER = {"Retry-After": {"schema": INTEGER, "description": "Seconds to wait."}}
REPLAYED = {
    "Idempotent-Replayed": {
        "schema": words(["true"]),
        "description": "This is the stored answer of an earlier request with the same Idempotency-Key.",
    }
}
HEADERS = {
    401: {"WWW-Authenticate": {"schema": TEXT}},
    409: RETRY_AFTER,
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}
# What is refused before any view is asked, on every path; a client that follows the description never meets it.
EVERYWHERE = (405, 411, 413, 415)


def failures(
    operation: Operation, told: Telling, *, public: bool, finds: bool, keyed: bool
) -> Iterator[tuple[int, Schema]]:
    """Each status of failure that the operation may have, and the body. `finds`: it looks for what may not be there."""
    if operation.bare:
        return
    yield 400, bad_request(operation, told)
    if not public:
        yield 401, told.unauthorized
        yield 403, told.forbidden
        yield 429, told.failure
    if finds:
        yield 404, told.failure
    if operation.takes_body:
        yield from ((status, told.failure) for status in (411, 413, 415))
    if keyed:
        yield from ((status, told.failure) for status in (409, 422))
    yield 503, told.failure


def bad_request(operation: Operation, told: Telling) -> Schema:
    shapes = [FORM_ERRORS] if operation.form else []
    if operation.refusals:
        shapes.append(record({"error": words(operation.refusals)}))
    return one_of(told.failure, *shapes)


def answer(status: int, body: Schema | None, media: Sequence[str], said: Telling) -> Schema:
    """One answer as OpenAPI says it."""
    told: Schema = {"description": MEANINGS[status]}
    if status in HEADERS:
        told["headers"] = HEADERS[status]
    if body is not None:
        usual = {"example": said.dialect.failed(status)} if said.failure in one_or_more(body) else {}
        told["content"] = {kind: {"schema": body, **usual} for kind in media}
    return told
