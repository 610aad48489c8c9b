"""The error shape of RBI, "Loyalty API v1 - Error Responses"."""

from http import HTTPStatus

from rest_framework.exceptions import ParseError, UnsupportedMediaType

from loyalty_site.api.dialects import Body, Dialect, Saying, phrase_of
from loyalty_site.api.strict import FieldsInvalid

MALFORMED = {400, 413, 415}  # told as an error of the whole body
CODES = {
    401: "Unauthorized",
    404: "NotFoundError",
    409: "IdempotencyKeyInFlight",
    422: "IdempotencyKeyReused",
    429: "TooManyRequests",
}


class Rbi(Dialect):
    """A saying's code is a word of the API: `Saying(404, "UserNotFoundError", "User not found")`."""

    def refused(self, saying: Saying, text: str) -> Body:
        return _shape(saying.status, str(saying.code), text)

    def failed(self, status: int, error: Exception | None = None) -> Body:
        if isinstance(error, FieldsInvalid):
            errors = [{"field": offence.field, "message": offence.message} for offence in error.offences]
            return _invalid(status, errors)
        if status in MALFORMED:
            text = str(error.detail) if isinstance(error, ParseError | UnsupportedMediaType) else phrase_of(status)
            return _invalid(status, [{"field": "body", "message": text}])
        return _shape(status, CODES.get(status) or HTTPStatus(status).name.title().replace("_", ""), phrase_of(status))


def broken_rule(code: str, rule: str, message: str, *, current: int, target: int) -> Body:
    """A refusal by a rule, with the value it looked at and the one that it allows.

    Rule: RBI, "Loyalty API v1 - Error Responses", `details.ruleEvaluation`.
    """
    evaluation = {"code": code, "ruleId": rule, "message": message, "currentValue": current, "targetValue": target}
    return _shape(400, "RulesError", message, {"ruleEvaluation": [evaluation]})


def _invalid(status: int, errors: list[dict[str, str]]) -> Body:
    return _shape(status, "ValidationError", "Request validation failed", {"errors": errors})


def _shape(status: int, code: str, message: str, details: dict[str, object] | None = None) -> Body:
    return {
        "statusCode": status,
        "code": code,
        "message": message,
        "isEngineError": status >= 500,
        "details": details or {},
    }


RBI = Rbi()
