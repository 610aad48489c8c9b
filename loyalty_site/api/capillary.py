"""The error shape of Capillary, "Issue promotion"."""

from loyalty_site.api.dialects import Body, Dialect, Saying, phrase_of

TEXTS = {400: "Input is invalid", 401: "Invalid credentials"}


class Capillary(Dialect):
    """A saying's code is a number of the API: `Saying(400, 8015, "Customer not found for the given identifiers")`."""

    challenge = 'Basic realm="loyalty", charset="UTF-8"'

    def refused(self, saying: Saying, text: str) -> Body:
        return errors_of((int(saying.code), text))

    def failed(self, status: int, error: Exception | None = None) -> Body:
        return errors_of((status, TEXTS.get(status) or phrase_of(status)))


def errors_of(*errors: tuple[int, str]) -> Body:
    """The body of a refusal for these reasons, each a code and a text."""
    return {
        "warnings": [],
        "errors": [{"status": False, "code": code, "message": text} for code, text in errors],
    }


CAPILLARY = Capillary()
