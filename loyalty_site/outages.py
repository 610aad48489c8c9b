"""Which database errors are worth another try, and which say that the database cannot serve right now."""

import random
import sqlite3
from collections.abc import Callable
from time import sleep
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError

RETRIES = 5
PAUSE = 0.02  # seconds, at most, before the first retry; doubled for each further one
CONFLICTS = {"40001", "40P01"}  # serialization failure, deadlock
UNAVAILABLE = {
    "55P03",  # lock timeout
    "25P03",  # idle in transaction for too long
    "25006",  # a standby, which takes no writes
}
UNAVAILABLE_CLASSES = {"08", "53", "57"}  # connection; resources; shutdown, statement timeout
SQLITE_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}

Result = TypeVar("Result")


def is_conflict(error: BaseException) -> bool:
    """Two transactions were in each other's way; the same one may succeed when it begins anew."""
    return isinstance(error, OperationalError) and _sqlstate(error) in CONFLICTS


def is_outage(error: BaseException) -> bool:
    """The database is away, busy or too slow: the request is right and may be repeated later."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    if isinstance(error.__cause__, sqlite3.Error):
        return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in SQLITE_UNAVAILABLE
    state = _sqlstate(error)
    if state is None:  # the server said nothing: there is no connection
        return isinstance(error, OperationalError | InterfaceError)
    return state in CONFLICTS | UNAVAILABLE or state[:2] in UNAVAILABLE_CLASSES


def _sqlstate(error: BaseException) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


def retried(work: Callable[[], Result]) -> Result:
    """What the work returns, after at most five more tries when the database reports a conflict."""
    for attempt in range(RETRIES):
        try:
            return work()
        except OperationalError as error:
            if not is_conflict(error):
                raise
            sleep(random.uniform(0, PAUSE * 2**attempt))  # noqa: S311 - spreads the rivals, hides nothing
    return work()
