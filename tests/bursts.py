"""Many callers at one moment: real threads with connections of their own, for tests with `transaction=True`."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

from loyalty_site.database import on_postgresql

Result = TypeVar("Result")
PATIENCE = 60  # seconds for all threads to be ready


def many(callers: int) -> int:
    """So many on PostgreSQL. SQLite lets one write at a time, and makes the others wait and look again: a quarter."""
    return callers if on_postgresql() else callers // 4


def burst(
    calls: Sequence[Callable[[], Result]], refusals: type[Exception] | tuple[type[Exception], ...] = ()
) -> list[Result | Exception]:
    """Let all calls start together and return their results in order.

    An exception of the kinds in `refusals` is a result; any other is raised, the first call's first.
    """
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result | Exception:
        try:
            barrier.wait(PATIENCE)
            return call()
        except refusals as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(calls)) as threads:
        return [future.result() for future in [threads.submit(run, call) for call in calls]]
