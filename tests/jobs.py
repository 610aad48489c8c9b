"""Jobs in tests: kinds that count, and a worker that works in the test's own thread and transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime
from unittest.mock import patch

from loyalty_site.access.actors import Actor
from loyalty_site.jobs import files
from loyalty_site.jobs.crew import Hand
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import QUEUES, UPKEEP, Kind, Step, once
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
STAFF = Actor("user", "22200000-0000-474c-b092-b0dd880c07e2", "Maria Staff")
PERMISSION = "jobs.view_job"


def count(job: Job, *, at: datetime) -> Step:
    """Write the next number into a file, up to the number that was asked for."""
    number = job.checkpoint.get("number", 0) + 1
    files.write(job, "numbers.txt", f"{number}\n")
    if number == job.arguments.get("refuse_at"):
        raise CannotGoOn(because=f"Number {number} is not allowed.")
    if number == job.arguments.get("break_at"):
        raise ZeroDivisionError
    last = job.arguments["last"]
    return Step(number, {"number": number}, number == last, last, {"Numbers": number})


COUNT = Kind("tests.count", "Count", count, PERMISSION, "numbers")
TIDY = Kind("tests.tidy", "Tidy", once(lambda at: {"Tidied at": at.isoformat()}), PERMISSION, queue=UPKEEP)
ALONE = Kind("tests.alone", "Count alone", count, PERMISSION, alone=True)
FINAL = Kind("tests.final", "Count once", count, PERMISSION, retriable=False)


def counting(last: int = 3, kind: Kind = COUNT, **arguments: int) -> Job:
    return enqueue(kind, {"last": last, **arguments}, title=f"Count to {last}", actor=STAFF, at=AT)


def work_off() -> None:
    """Do every job that is queued, here and now."""
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):  # it would end the transaction
        for queue in QUEUES:
            Hand(queue, until_empty=True).run()


def written(job: Job, name: str = "numbers.txt") -> str:
    """The content of the job's result, empty where there is none."""
    found: Iterable[bytes] = (piece for file in job.files.filter(name=name) for piece in files.pieces(file))
    return b"".join(found).decode()
