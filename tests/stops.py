"""Two transactions made to meet at one place of the code, without a sleep."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")
PATIENCE = 30  # seconds


class Stop:
    """A place where a thread waits until the test lets it go on."""

    def __init__(self) -> None:
        self._reached, self._open = threading.Event(), threading.Event()

    def after(self, function: Callable[..., Result]) -> Callable[..., Result]:
        """The function, with the stop behind it."""

        @wraps(function)
        def stopping(*args: object, **facts: object) -> Result:
            result = function(*args, **facts)
            self._reached.set()
            assert self._open.wait(PATIENCE)
            return result

        return stopping

    def let_go(self) -> None:
        self._open.set()

    def wait(self) -> None:
        """Until a thread stands at the stop."""
        assert self._reached.wait(PATIENCE)

    def meanwhile(self, change: Callable[[], Result]) -> Callable[[], Result]:
        """A call for another thread: the change, begun while a thread stands at the stop.

        That thread goes on when the change is done, or waits for a lock.
        """

        def changing() -> Result:
            self.wait()
            let_go = threading.Thread(target=self._let_go_when_somebody_waits)
            let_go.start()
            try:
                return change()
            finally:
                self.let_go()
                let_go.join()

        return changing

    def _let_go_when_somebody_waits(self) -> None:
        try:
            while not (self._open.wait(0.002) or somebody_waits()):
                pass
            self.let_go()
        finally:
            connection.close()


def somebody_waits() -> bool:
    """A session of this database waits for a lock. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]
