"""The error shape of Capillary, "Issue promotion"."""

from dataclasses import dataclass

from rest_framework import status
from rest_framework.exceptions import APIException

from loyalty_site.api.dialects import Answer, Body, Dialect, Saying, phrase_of
from loyalty_site.errors import DomainError

TEXTS = {400: "Input is invalid", 401: "Invalid credentials"}


class InputRefused(APIException):
    """What the request says cannot be, for a reason that has a number: `InputRefused(8003, "Invalid source")`."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


class Capillary(Dialect):
    """A saying's code is a number of the API: `Saying(400, 8015, "Customer not found for the given identifiers")`."""

    challenge = 'Basic realm="loyalty", charset="UTF-8"'

    def refused(self, saying: Saying, text: str) -> Body:
        return errors_of((int(saying.code), text))

    def failed(self, status: int, error: Exception | None = None) -> Body:
        if isinstance(error, InputRefused):
            return errors_of((error.code, error.text))
        return errors_of((status, TEXTS.get(status) or phrase_of(status)))


@dataclass(frozen=True)
class Warned:
    """The wording of what did not happen although nothing was wrong with the request: 200, with a warning."""

    code: int
    text: str

    def answer(self, dialect: Dialect, error: DomainError) -> Answer:
        return Answer(200, {"warnings": [_told(self.code, self.text)], "errors": [], "sideEffects": []})


def errors_of(*errors: tuple[int, str]) -> Body:
    """The body of a refusal for these reasons, each a code and a text."""
    return {"warnings": [], "errors": [_told(code, text) for code, text in errors]}


def _told(code: int, text: str) -> Body:
    return {"status": False, "code": code, "message": text}


CAPILLARY = Capillary()
