"""What is left to the workers of jobs: it must all be done in the end."""

import time
from collections.abc import Iterator

from tools.crash.databases import Database
from tools.crash.history import History

MOST = 120.0  # seconds after the last fault
UNDONE = {
    "calls of partners": "SELECT count(*) FROM cold_coldcall",
    "jobs": "SELECT count(*) FROM jobs_job WHERE state <> 'done'",
}


def wait_for_workers(database: Database, history: History) -> Iterator[str]:
    """Until nothing is left to do, which the history is told; what is left nevertheless are findings."""
    deadline = time.monotonic() + MOST
    while (left := left_to_do(database)) and time.monotonic() < deadline:
        time.sleep(0.5)
    history.worked_off = time.monotonic()
    yield from (f"left undone: {count} {what}" for what, count in left.items())


def left_to_do(database: Database) -> dict[str, int]:
    counted = {what: database.rows(query)[0][0] for what, query in UNDONE.items()}
    return {what: count for what, count in counted.items() if count}
