"""What the clients did and were told, with times of one clock: what the judge knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tools.crash.calls import Answer, Call

Counter = tuple[str, ...]  # a number in the books, as ("balance", customer)


class Kind(StrEnum):
    EARN = "earn"
    SPEND = "spend"
    BUY = "buy"
    GIVE = "give an offer"
    GIVE_LATER = "have an offer given later"
    RESPOND = "answer an offer"
    ENROL = "enrol"


class Outcome(StrEnum):
    OPEN = "not answered"
    DONE = "done"
    REFUSED = "refused"
    WRONG = "neither done nor refused as documented"


@dataclass(frozen=True)
class Attempt:
    """One request of an operation. No answer: the connection broke, or the client hung up."""

    begun: float
    ended: float
    answer: Answer | None
    abandoned: bool = False
    twin: bool = False  # sent beside another one at the same moment


@dataclass
class Operation:
    """One write that a client wants done once, with all its requests under one key.

    `moves` is what it does to the books when it is done. `reasons` says for each text or code of a refusal which number
    was too small, and what it would have had to be.
    """

    key: str
    kind: Kind
    call: Call
    customer: str
    moves: Mapping[Counter, int]
    reasons: Mapping[str, tuple[Counter, int]]
    facts: Mapping[str, Any] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def answers(self) -> list[Answer]:
        """The definite ones, in the order in which they came."""
        by_end = sorted(self.attempts, key=lambda attempt: attempt.ended)
        return [one.answer for one in by_end if one.answer and one.answer.is_definite]

    @property
    def answer(self) -> Answer | None:
        return next(iter(self.answers), None)

    @property
    def outcome(self) -> Outcome:
        answer = self.answer
        if answer is None:
            return Outcome.OPEN
        reason = reason_of(answer)
        if answer.status == 200 and reason is None:
            return Outcome.DONE
        return Outcome.REFUSED if reason in self.reasons else Outcome.WRONG

    @property
    def is_done(self) -> bool:
        return self.outcome == Outcome.DONE

    @property
    def begun(self) -> float:
        return min(attempt.begun for attempt in self.attempts)

    @property
    def settled(self) -> float:
        """When the first definite answer came; never, if none did."""
        ends = [one.ended for one in self.attempts if one.answer and one.answer.is_definite]
        return min(ends, default=float("inf"))


def reason_of(answer: Answer) -> str | None:
    """Why it was refused, in the dialect's own word; Capillary's refuses with 200 and a warning."""
    if not isinstance(answer.body, Mapping):
        return None
    if answer.status == 200:
        warnings = answer.body.get("warnings")
        return str(warnings[0]["code"]) if warnings else None
    return next((answer.body[name] for name in ("code", "errorMessage", "error") if name in answer.body), None)


@dataclass(frozen=True)
class Reuse:
    """The key of an operation that was answered, sent with another body; the answer must be a 422."""

    key: str
    attempts: tuple[Attempt, ...]

    @property
    def answer(self) -> Answer | None:
        return self.attempts[-1].answer


@dataclass(frozen=True)
class Read:
    """A number that the server showed at some moment of that time. No value: it did not answer."""

    counter: Counter
    attempt: Attempt
    value: int | None


@dataclass
class History:
    """Lists that many threads append to; nobody reads them before the threads have ended."""

    operations: list[Operation] = field(default_factory=list)
    reuses: list[Reuse] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)  # what a client's thread died of
    worked_off: float = float("inf")  # when all that was left to workers was seen to be done

    @property
    def done(self) -> list[Operation]:
        return [one for one in self.operations if one.is_done]

    @property
    def attempts(self) -> list[Attempt]:
        """Every request of the clients."""
        writes = [attempt for operation in self.operations for attempt in operation.attempts]
        others = [attempt for reuse in self.reuses for attempt in reuse.attempts]
        return writes + others + [read.attempt for read in self.reads]
