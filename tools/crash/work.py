"""What is left to the workers of jobs: it must all be done in the end."""

import time
from collections.abc import Callable, Iterator

from tools.crash.databases import Database
from tools.crash.history import History

MOST_STALLS = 5  # of loyalty_site.jobs.stalled, which only a process of Django's can import
MOST = 300.0  # seconds after the last fault
Staff = Callable[..., None]  # does what staff do, as `staff.py` names it
UNDONE = {
    "calls of partners": "SELECT count(*) FROM cold_coldcall",
    "jobs": "SELECT count(*) FROM jobs_job WHERE state <> 'done'",
}

GIVEN_UP = f"SELECT count(*) FROM jobs_job WHERE state = 'failed' AND stalls >= {MOST_STALLS}"


def wait_for_workers(database: Database, history: History, staff: Staff) -> Iterator[str]:
    """Until nothing is left to do, which the history is told; what is left nevertheless are findings.

    Jobs that were killed so often in a row that they are not begun again by themselves are tried again by staff.
    """
    deadline = time.monotonic() + MOST
    while (left := left_to_do(database)) and time.monotonic() < deadline:
        if database.rows(GIVEN_UP)[0][0]:
            staff("retry")
        time.sleep(0.5)
    history.worked_off = time.monotonic()
    yield from (f"left undone: {count} {what}" for what, count in left.items())


def left_to_do(database: Database) -> dict[str, int]:
    counted = {what: database.rows(query)[0][0] for what, query in UNDONE.items()}
    return {what: count for what, count in counted.items() if count}
