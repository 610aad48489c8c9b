"""The answers that many endpoints share."""

from collections.abc import Iterator

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
from loyalty_site.api.openloyalty import OPEN_LOYALTY

FAILURE = record({"error": record({"code": INTEGER, "message": TEXT})}, title="Failure")
UNAUTHORIZED = record({"code": {"const": 401}, "message": TEXT}, title="Unauthorized")
REFUSED_TOKEN = record({"message": TEXT}, title="RefusedToken")
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


def failures(operation: Operation, *, public: bool, finds: bool, keyed: bool) -> Iterator[tuple[int, Schema]]:
    """Each status of failure that the operation may have, and the body. `finds`: it looks for what may not be there."""
    if operation.bare:
        return
    yield 400, bad_request(operation)
    if not public:
        yield 401, UNAUTHORIZED
        yield 403, one_of(FAILURE, REFUSED_TOKEN)
        yield 429, FAILURE
    if finds:
        yield 404, FAILURE
    if operation.takes_body:
        yield from ((status, FAILURE) for status in (411, 413, 415))
    if keyed:
        yield from ((status, FAILURE) for status in (409, 422))
    yield 503, FAILURE


def bad_request(operation: Operation) -> Schema:
    shapes = [FORM_ERRORS] if operation.form else []
    if operation.refusals:
        shapes.append(record({"error": words(operation.refusals)}))
    return one_of(FAILURE, *shapes)


def answer(status: int, body: Schema | None, media: tuple[str, ...]) -> Schema:
    """One answer as OpenAPI says it."""
    told: Schema = {"description": MEANINGS[status]}
    if status in HEADERS:
        told["headers"] = HEADERS[status]
    if body is not None:
        usual = {"example": OPEN_LOYALTY.failed(status)} if FAILURE in one_or_more(body) else {}
        told["content"] = {kind: {"schema": body, **usual} for kind in media}
    return told
