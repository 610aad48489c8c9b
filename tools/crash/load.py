"""Clients that write and read all the time; each write is repeated under its key until the server has answered it."""

import threading
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from threading import Event
from typing import Any

from tools.crash import operations, reading
from tools.crash.calls import Answer, Broken, Call, Line
from tools.crash.history import Attempt, History, Kind, Operation, Read, Reuse
from tools.crash.operations import Given
from tools.crash.reading import Question
from tools.crash.world import World

CLIENTS = 12
GIVEN_UP, TWICE, OTHER_BODY = 0.03, 0.12, 0.02  # of the writes
READS = 0.2  # of all steps
MIX = {Kind.EARN: 30, Kind.SPEND: 14, Kind.BUY: 26, Kind.GIVE: 9, Kind.GIVE_LATER: 5, Kind.RESPOND: 11, Kind.ENROL: 10}
MAKES = {
    Kind.EARN: operations.earn,
    Kind.SPEND: operations.spend,
    Kind.ENROL: operations.enrol,
    Kind.GIVE_LATER: operations.give_later,
}
WITHOUT_ANSWER = 120.0  # seconds after which a client gives a write up for good, which is a violation
THOUGHT = 0.02  # seconds, at most, between two steps
REMEMBERED = 20  # offers that a client still answers


@dataclass(frozen=True)
class Surroundings:
    """What all clients share. `costs` are the campaigns' in points. `keyless` ones leave their keys out."""

    server: str
    world: World
    costs: Mapping[str, int]
    history: History
    twins: ThreadPoolExecutor
    keyless: bool = False

    def line(self) -> Line:
        return Line(self.server, keyless=self.keyless)


class Client:
    """One of the clients, in a thread of its own. Its choices depend on the seed and its name alone."""

    def __init__(self, name: str, seed: int, around: Surroundings) -> None:
        self.around, self.world, self.history = around, around.world, around.history
        self.name, self.chance = name, Random(f"{seed}:{name}")  # noqa: S311 - not a secret
        self.line = around.line()
        self.written = 0
        self.unanswered: deque[Operation] = deque()
        self.offers: deque[Given] = deque(maxlen=REMEMBERED)

    def work(self, end: Event) -> None:
        try:
            while not end.is_set():
                self.step()
                time.sleep(self.chance.uniform(0, THOUGHT))
            while self.unanswered:
                self.finish(self.unanswered.popleft())
        except Exception as error:
            self.history.errors.append(f"client {self.name}: {error!r}")
            raise
        finally:
            self.close()

    def close(self) -> None:
        self.line.close()

    def step(self) -> None:
        if self.unanswered:
            self.finish(self.unanswered.popleft())
        elif self.chance.random() < READS:
            self.read(reading.any_question(self.world, self.chance))
        else:
            self.write(self.next_write())

    def next_write(self) -> Operation:
        self.written += 1
        key, kind = f"{self.name}.{self.written}", self.chance.choices(list(MIX), list(MIX.values()))[0]
        if kind == Kind.RESPOND and self.offers:
            return operations.respond(self.world, self.chance, key, self.chance.choice(self.offers))
        if kind == Kind.BUY:
            campaign, customer = self.chance.choice(self.world.campaigns), self.chance.choice(self.world.customers).id
            return operations.buy(self.world, campaign, customer, self.around.costs[campaign], key)
        return MAKES.get(kind, operations.give)(self.world, self.chance, key)

    def write(self, operation: Operation) -> None:
        self.history.operations.append(operation)
        fate = self.chance.random()
        if fate < GIVEN_UP:
            self.hang_up(operation)
            self.unanswered.append(operation)
            return
        if fate < GIVEN_UP + TWICE:
            self.send_twice(operation)
        self.finish(operation)

    def hang_up(self, operation: Operation) -> None:
        begun = time.monotonic()
        with suppress(Broken):  # what is not even sent the repeat will tell
            self.line.ask_and_leave(operation.call, operation.key)
        operation.attempts.append(Attempt(begun, time.monotonic(), None, abandoned=True))

    def send_twice(self, operation: Operation) -> None:
        twin = self.around.twins.submit(ask_once, self.around.line(), operation)
        operation.attempts.append(timed(self.line, operation.call, operation.key, twin=True))
        operation.attempts.append(twin.result())

    def finish(self, operation: Operation) -> None:
        """Send it, again and again, until there is a definite answer; then follow it up."""
        for attempt in self.persistently(operation.call, operation.key, asked=operation.answer is not None):
            operation.attempts.append(attempt)
        answer = operation.answer
        if answer is None:
            return
        if operation.kind == Kind.GIVE and operation.is_done:
            self.look_up(operation, answer)
        if self.chance.random() < OTHER_BODY:
            other = operations.with_another_body(operation.call)
            self.history.reuses.append(Reuse(operation.key, tuple(self.persistently(other, operation.key))))

    def persistently(self, call: Call, key: str, *, asked: bool = False) -> list[Attempt]:
        """The requests that it took to get a definite answer; none if it has been asked already."""
        made: list[Attempt] = []
        deadline = time.monotonic() + WITHOUT_ANSWER
        while not asked and time.monotonic() < deadline:
            made.append(timed(self.line, call, key))
            asked = bool(made[-1].answer and made[-1].answer.is_definite)
            if not asked:
                time.sleep(self.chance.uniform(0.5, 1.5) * min(1.0, 0.05 * 2 ** len(made)))
        return made

    def look_up(self, operation: Operation, answer: Answer) -> None:
        """The offer that was given: what it is called when it is answered."""
        body = self.read(reading.given_by(self.world, operation.key, answer.body["traceId"]))
        if body is not None:
            self.offers.append(Given(operation.key, operation.customer, body["offer"]["offerCode"]))

    def read(self, question: Question) -> Any:
        """The answer's body, kept with the number in it; None where there is no answer or no such thing."""
        attempt = timed(self.line, question.call)
        answer, value = attempt.answer, None
        if answer and answer.is_definite:
            value = question.value(answer.body) if answer.status == 200 else 0
        self.history.reads.append(Read(question.counter, attempt, value))
        return answer.body if answer and answer.status == 200 else None


def timed(line: Line, call: Call, key: str | None = None, *, twin: bool = False) -> Attempt:
    begun = time.monotonic()
    try:
        answer = line.ask(call, key)
    except Broken:
        answer = None
    return Attempt(begun, time.monotonic(), answer, twin=twin)


def ask_once(line: Line, operation: Operation) -> Attempt:
    try:
        return timed(line, operation.call, operation.key, twin=True)
    finally:
        line.close()


class Load:
    """All clients, from `start` to `stop`, which waits until everything that was asked is answered."""

    def __init__(self, around: Surroundings, seed: int, clients: int = CLIENTS) -> None:
        self.end = Event()
        self.clients = [Client(str(number), seed, around) for number in range(clients)]
        self.threads = [threading.Thread(target=client.work, args=[self.end]) for client in self.clients]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.end.set()
        for thread in self.threads:
            thread.join()
