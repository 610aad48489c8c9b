"""What is done to the running system, in an order that a seed decides, and how long it takes until answers are back."""

import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TypeVar

from tools.crash.calls import Answer, Broken, Call, Line
from tools.crash.databases import Database, PostgreSQL
from tools.crash.processes import send
from tools.crash.programs import Program, WebServer

NEVER_BACK = 60.0  # seconds after which a run is given up
PROBE = 1.0  # seconds that one probe waits
Part = TypeVar("Part")
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 4.0


class Fault(StrEnum):
    WORKER = "SIGKILL to one web worker"
    WORKERS = "SIGKILL to all web workers"
    SERVER = "SIGKILL to the whole server"
    TERMINATE = "SIGTERM to the server"
    PAUSE = "a web worker stopped for a while"
    JOBS = "SIGKILL to a worker of jobs"
    STOP_JOBS = "SIGTERM to a worker of jobs"
    DATABASE = "SIGKILL to the whole database"
    BACKEND = "SIGKILL to one database process"
    CONNECTIONS = "all database connections ended"
    BOTH = "SIGKILL to server and database"


OF_POSTGRESQL = {Fault.DATABASE, Fault.BACKEND, Fault.CONNECTIONS, Fault.BOTH}
MORE_OFTEN = [Fault.JOBS]  # once more in each round


class NotBack(Exception):
    """The system did not answer again after a fault."""


@dataclass(frozen=True)
class Happening:
    """A fault that happened, from `begun` to `done`; `back` is when answers came again. All on the history's clock."""

    fault: Fault
    begun: float
    done: float
    back: float

    @property
    def seconds_until_back(self) -> float:
        return self.back - self.done


@dataclass(frozen=True)
class Scene:
    """What faults are done to. The probe is a read that the database has to answer."""

    web: WebServer
    crew: Sequence[Program]
    database: Database
    probe: Call


def round_of(database: type[Database]) -> list[Fault]:
    return [fault for fault in [*Fault, *MORE_OFTEN] if database is PostgreSQL or fault not in OF_POSTGRESQL]


def in_rounds(faults: list[Fault], chance: Random) -> Iterator[Fault]:
    """Endlessly; each round has all of them, in another order."""
    while True:
        yield from chance.sample(faults, len(faults))


def strike(fault: Fault, scene: Scene, chance: Random) -> Happening:
    """Do it, and wait until the system answers again. Raises NotBack."""
    begun = time.monotonic()
    _do(fault, scene, chance)
    done = time.monotonic()
    return Happening(fault, begun, done, _wait_for_answers(scene, fault))


def _do(fault: Fault, scene: Scene, chance: Random) -> None:
    web, database = scene.web, scene.database
    match fault:
        case Fault.WORKER:
            send(signal.SIGKILL, *_one_of(web.workers, chance))
        case Fault.WORKERS:
            send(signal.SIGKILL, *web.workers)
        case Fault.SERVER:
            web.kill()
        case Fault.TERMINATE:
            web.terminate()
        case Fault.PAUSE:
            _pause(web.workers, chance)
        case Fault.JOBS:
            for program in _some_of(scene.crew, chance):
                program.kill()
        case Fault.STOP_JOBS:
            chance.choice(scene.crew).terminate()
        case _ if isinstance(database, PostgreSQL):
            _do_to_postgresql(fault, web, database)


def _do_to_postgresql(fault: Fault, web: WebServer, database: PostgreSQL) -> None:
    match fault:
        case Fault.DATABASE:
            database.kill()
        case Fault.BACKEND:
            database.kill_a_backend()
        case Fault.CONNECTIONS:
            database.end_connections()
        case Fault.BOTH:
            web.kill()
            database.kill()


def _pause(workers: list[int], chance: Random) -> None:
    stopped = _some_of(workers, chance)
    send(signal.SIGSTOP, *stopped)
    time.sleep(chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))
    send(signal.SIGCONT, *stopped)


def _some_of(parts: Sequence[Part], chance: Random) -> list[Part]:
    """One of them, or now and then all."""
    return list(parts) if chance.random() < 0.25 else _one_of(parts, chance)


def _one_of(parts: Sequence[Part], chance: Random) -> list[Part]:
    """None where there is none: the server is just starting."""
    return chance.sample(list(parts), min(1, len(parts)))


def _wait_for_answers(scene: Scene, fault: Fault | None = None) -> float:
    deadline = time.monotonic() + NEVER_BACK
    while time.monotonic() < deadline:
        if answered(scene.web.address, scene.probe):
            return time.monotonic()
        time.sleep(0.02)
    raise NotBack(f"{NEVER_BACK:.0f} seconds after {fault} nothing answers")


def wait_for_start(scene: Scene) -> None:
    """Raises NotBack."""
    _wait_for_answers(scene)


def answered(server: str, probe: Call) -> Answer | None:
    line = Line(server, PROBE)
    try:
        answer = line.ask(probe)
    except Broken:
        return None
    finally:
        line.close()
    return answer if answer.status == 200 else None
