"""What the clients' history shows to be wrong, by itself: each finding is a line that names the operation."""

from collections.abc import Iterator, Sequence

from tools.crash.calls import Answer
from tools.crash.faults import Fault, Happening
from tools.crash.history import Attempt, History, Kind, Operation, Outcome, reason_of
from tools.crash.possible import Numbers

AFTERWARDS = 2.0  # seconds after answers are back in which requests that were caught by the fault still end
SIGTERM_SECONDS = 25.0
STATES = {"ACCEPTED": "ACCEPTED", "DECLINED": "DECLINED", "UNACCEPTED": "NONE"}


def judge(history: History, numbers: Numbers, happenings: Sequence[Happening]) -> Iterator[str]:
    """Every finding there is; none, and the history is one that a sound server can have."""
    yield from history.errors
    for operation in history.operations:
        yield from _of_one(operation, numbers)
    yield from _reads(history, numbers)
    yield from _reuses(history)
    yield from _responses(history.operations)
    yield from _server_errors(history, happenings)
    yield from _terminations(history, happenings)


def _of_one(operation: Operation, numbers: Numbers) -> Iterator[str]:
    answers = operation.answers
    if not answers:
        yield f"no definite answer: {operation.kind} {operation.key}"
        return
    if any((one.status, one.body) != (answers[0].status, answers[0].body) for one in answers):
        yield f"answers differ: {operation.kind} {operation.key}: {answers}"
    if sum(not one.replayed for one in answers) > 1:
        yield f"done more than once: {operation.kind} {operation.key}: {answers}"
    if operation.outcome == Outcome.WRONG:
        yield f"unexpected answer: {operation.kind} {operation.key}: {answers[0]}"
    elif operation.outcome == Outcome.REFUSED:
        yield from _refused_for_nothing(operation, answers[0], numbers)
    else:
        yield from _done_beyond_a_bound(operation, numbers)


def _refused_for_nothing(operation: Operation, answer: Answer, numbers: Numbers) -> Iterator[str]:
    reason = reason_of(answer)
    counter, needed = operation.reasons[reason]
    least, _ = numbers.bounds(counter, operation.begun, operation.settled)
    if least >= needed:
        yield f"refused for nothing: {operation.kind} {operation.key}: {reason}, with at least {least} of {needed}"


def _done_beyond_a_bound(operation: Operation, numbers: Numbers) -> Iterator[str]:
    for counter, amount in operation.moves.items():
        _, most = numbers.bounds(counter, operation.begun, operation.settled, without=operation)
        if amount < 0 and most + amount < 0:
            yield f"done beyond a bound: {operation.kind} {operation.key}: {counter} was at most {most}"


def _reads(history: History, numbers: Numbers) -> Iterator[str]:
    for read in history.reads:
        if read.value is None:
            continue
        least, most = numbers.bounds(read.counter, read.attempt.begun, read.attempt.ended)
        if not least <= read.value <= most:
            yield f"impossible read: {read.counter} was {read.value}, not {least} to {most}"


def _reuses(history: History) -> Iterator[str]:
    for reuse in history.reuses:
        if reuse.answer is None or reuse.answer.status != 422:
            yield f"another body under a used key: {reuse.key}: {reuse.answer}"


def _responses(operations: Sequence[Operation]) -> Iterator[str]:
    """Each offer is answered by one client, one answer after the other: so state and version are known exactly."""
    stands: dict[str, tuple[str, int]] = {}
    for one in in_order(operations):
        offer = one.facts["offer"]
        state, version = stands.get(offer, ("NONE", 1))
        wished = STATES[one.facts["wish"]]
        stands[offer] = (wished, version + (wished != state))
        shown = one.answer.body
        if (shown.get("acceptanceState"), shown.get("version")) != stands[offer]:
            yield f"offer {offer} stands otherwise than {stands[offer]} after {one.key}: {one.answer}"


def in_order(operations: Sequence[Operation]) -> list[Operation]:
    """The answers to offers that were taken."""
    settled = [one for one in operations if one.kind == Kind.RESPOND and one.is_done]
    return sorted(settled, key=lambda one: one.settled)


def _server_errors(history: History, happenings: Sequence[Happening]) -> Iterator[str]:
    for attempt in history.attempts:
        answer = attempt.answer
        if answer is None or answer.status < 500:
            continue
        if answer.status != 503:
            yield f"a {answer.status}: {answer.body}"
        elif not answer.again:
            yield f"a 503 without Retry-After: {answer.body}"
        if not any(during(attempt, one) for one in happenings):
            yield f"a {answer.status} while nothing was wrong: {answer.body}"


def _terminations(history: History, happenings: Sequence[Happening]) -> Iterator[str]:
    for happening in happenings:
        if happening.fault != Fault.TERMINATE:
            continue
        if happening.done - happening.begun > SIGTERM_SECONDS:
            yield f"SIGTERM took {happening.done - happening.begun:.1f} s"
        for operation in history.operations:
            if cut(operation, happening):
                yield f"cut by SIGTERM after it was accepted: {operation.kind} {operation.key}"


def cut(operation: Operation, happening: Happening) -> bool:
    """It broke off during that time, and yet had had its effect: the repeat was answered with what was stored."""
    if any(one.abandoned or one.twin for one in operation.attempts) or not operation.answers:
        return False
    broken = [one for one in operation.attempts if one.answer is None]
    return operation.answers[0].replayed and bool(broken) and all(during(one, happening) for one in broken)


def during(attempt: Attempt, happening: Happening) -> bool:
    return attempt.begun <= happening.back + AFTERWARDS and attempt.ended >= happening.begun
