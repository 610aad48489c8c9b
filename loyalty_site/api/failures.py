"""What goes wrong between the network and the domain. `wait`, in seconds, becomes the Retry-After header."""

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError


class BodyTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class LengthMissing(APIException):
    """A body in chunks, without a Content-Length: WSGI would read it as empty."""

    status_code = status.HTTP_411_LENGTH_REQUIRED


class KeyMalformed(ParseError):
    default_detail = "Idempotency-Key must be 1 to 255 visible ASCII characters."


class KeyOfAnotherRequest(APIException):
    """The Idempotency-Key was used for another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class KeyStillRunning(APIException):
    """The first request with this Idempotency-Key has no answer yet."""

    status_code = status.HTTP_409_CONFLICT
    wait = 1
