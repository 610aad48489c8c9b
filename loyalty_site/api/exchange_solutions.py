"""The error shape and the response headers of Exchange Solutions (ES), "Response to Offer"."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from django.http import HttpRequest
from django.utils import timezone

from loyalty_site.api.dialects import Body, Dialect, Saying, Wording, phrase_of
from loyalty_site.api.failures import KeyMalformed
from loyalty_site.api.strict import FieldsInvalid
from loyalty_site.errors import DomainError

CODES = {400: "INVALID_REQUEST"}
ALWAYS = {
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "sameorigin",
    "Referrer-Policy": "no-referrer",
    "MCK-APPID": "ES-CB-V1",
}
LONGEST_ECHO = 255  # characters
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class ExchangeSolutions(Dialect):
    """A saying's code is a word of the API: `Saying(404, "PROMO_NOT_FOUND", "Targeted offer does not exist")`.

    `invalid` is what a view says of any body that it cannot take; one without it says which field is wrong.
    """

    def __init__(self, says: Mapping[type[DomainError], Wording] | None = None, invalid: str = "") -> None:
        super().__init__(says)
        self.invalid = invalid

    def refused(self, saying: Saying, text: str) -> Body:
        return _shape(saying.status, text, str(saying.code))

    def failed(self, status: int, error: Exception | None = None) -> Body:
        phrase = phrase_of(status)
        code = CODES.get(status) or phrase.upper().replace(" ", "_")
        if isinstance(error, KeyMalformed):
            return _shape(status, str(error.detail), code)
        return _shape(status, (self.invalid or _offence(error) or phrase) if status == 400 else phrase, code)

    def headers(self, request: HttpRequest) -> Mapping[str, str]:
        secure = {"Strict-Transport-Security": "max-age=31536000"} if request.is_secure() else {}
        return {
            **ALWAYS,
            **secure,
            "MCK-MSGID": f"mck-{uuid4()}",
            "MCK_CORRELATIONID": _correlation_id(request) or f"mck-{uuid4()}",
            "MCK-MSGTIMESTAMP": _written(timezone.now()),
        }


def _shape(status: int, message: str, code: str) -> Body:
    return {"statusCode": status, "errorMessage": message, "errorCode": code}


def _offence(error: Exception | None) -> str:
    """`channel must not be blank`: the first of the fields that are wrong."""
    return "{0.field} {0.message}".format(error.offences[0]) if isinstance(error, FieldsInvalid) else ""


def _correlation_id(request: HttpRequest) -> str:
    """The caller's own, unless it is one that must not stand in a header."""
    text = request.META.get("HTTP_MCK_CORRELATIONID", "")
    return text if text.isascii() and text.isprintable() and len(text) <= LONGEST_ECHO else ""


def _written(at: datetime) -> str:
    """`May 21st 2020, 3:55:46`, in UTC"""
    utc = at.astimezone(UTC)
    return f"{utc:%B} {utc.day}{ORDINALS.get(utc.day, 'th')} {utc.year}, {utc.hour}:{utc:%M:%S}"


EXCHANGE_SOLUTIONS = ExchangeSolutions()
