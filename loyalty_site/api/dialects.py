"""How refusals are told: each dialect is an object that words them, named by its views as `dialect`.

class BuyView(APIView):
    dialect = OpenLoyalty(says={NotEnoughPoints: Saying(400, None, "Not enough points")})
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol

from django.http import HttpRequest

from loyalty_site.errors import DomainError

PHRASES = {413: "Payload Too Large", 422: "Unprocessable Entity"}  # Python's differ from version to version

Body = dict[str, Any] | list[Any]


@dataclass(frozen=True)
class Answer:
    """What goes back to the client."""

    status: int
    body: Body
    headers: Mapping[str, str] = field(default_factory=dict)


class Wording(Protocol):
    """How one kind of refusal is told."""

    def answer(self, dialect: "Dialect", error: DomainError) -> Answer: ...


@dataclass(frozen=True)
class Saying:
    """The usual wording. The text may name the refusal's facts: `Cannot accept {status} offer`."""

    status: int
    code: int | str | None = None
    text: str = ""

    def answer(self, dialect: "Dialect", error: DomainError) -> Answer:
        return Answer(self.status, dialect.refused(self, self.text.format(**error.facts)))


class Dialect(ABC):
    """One family of clients. `challenge` is the WWW-Authenticate header of its 401."""

    challenge = "Bearer"

    def __init__(self, says: Mapping[type[DomainError], Wording] | None = None) -> None:
        self.says = dict(says or {})

    def refusal(self, error: DomainError) -> Answer | None:
        """The answer of the nearest class that has a row; None where nobody wrote one, which is a programming error."""
        for kind in type(error).__mro__:
            if kind in self.says:
                return self.says[kind].answer(self, error)
        return None

    def headers(self, request: HttpRequest) -> Mapping[str, str]:
        """What every answer carries below the dialect's own paths."""
        return {}

    @abstractmethod
    def refused(self, saying: Saying, text: str) -> Body:
        """The body of a refusal by the domain. `text` is the saying's, with the facts filled in."""

    @abstractmethod
    def failed(self, status: int, error: Exception | None = None) -> Body:
        """The body of a failure on the way to the domain, by its HTTP status."""


def phrase_of(status: int) -> str:
    """`Not Found`"""
    return PHRASES.get(status) or HTTPStatus(status).phrase
