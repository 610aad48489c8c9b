import sqlite3

import pytest
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, InternalError, OperationalError

from loyalty_site.outages import is_conflict, is_outage


class FromPostgreSQL(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def postgresql(kind, sqlstate):
    error = kind("text")
    error.__cause__ = FromPostgreSQL(sqlstate)
    return error


def sqlite(code):
    error = OperationalError("text")
    error.__cause__ = sqlite3.OperationalError("text")
    if code is not None:
        error.__cause__.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    "error",
    [
        postgresql(OperationalError, None),  # no server, or the connection broke
        postgresql(InterfaceError, None),  # the connection is closed
        postgresql(OperationalError, "55P03"),  # lock timeout
        postgresql(OperationalError, "57014"),  # statement timeout
        postgresql(OperationalError, "57P01"),  # shut down by the administrator
        postgresql(OperationalError, "57P03"),  # starting up
        postgresql(OperationalError, "53300"),  # too many connections
        postgresql(OperationalError, "08006"),  # connection failure
        postgresql(InternalError, "25P03"),  # idle in transaction
        postgresql(InternalError, "25006"),  # read-only standby
        postgresql(OperationalError, "40001"),  # still in conflict after every retry
        postgresql(OperationalError, "40P01"),
        sqlite(sqlite3.SQLITE_BUSY),
        sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
        sqlite(sqlite3.SQLITE_LOCKED),
        sqlite(sqlite3.SQLITE_IOERR),
        sqlite(sqlite3.SQLITE_FULL),
        sqlite(sqlite3.SQLITE_CANTOPEN),
        sqlite(sqlite3.SQLITE_READONLY),
    ],
)
def test_a_database_that_cannot_serve(error):
    assert is_outage(error) is True


@pytest.mark.parametrize(
    "error",
    [
        postgresql(IntegrityError, "23505"),
        postgresql(DataError, "22003"),
        postgresql(InternalError, "25P02"),  # a statement after a failed one
        postgresql(DatabaseError, None),
        sqlite(sqlite3.SQLITE_ERROR),  # no such table
        sqlite(None),
        ValueError(),
    ],
)
def test_a_programming_error_is_no_outage(error):
    assert is_outage(error) is False


@pytest.mark.parametrize(("sqlstate", "conflict"), [("40001", True), ("40P01", True), ("55P03", False), (None, False)])
def test_only_serialization_failures_and_deadlocks_are_worth_another_try(sqlstate, conflict):
    assert is_conflict(postgresql(OperationalError, sqlstate)) is conflict


def test_a_locked_sqlite_file_is_an_outage_and_no_conflict(tmp_path):
    path = tmp_path / "file.sqlite3"
    holder, other = sqlite3.connect(path), sqlite3.connect(path, timeout=0)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        other.execute("BEGIN IMMEDIATE")
    error = OperationalError("database is locked")
    error.__cause__ = caught.value
    holder.close()
    other.close()
    assert (is_outage(error), is_conflict(error)) == (True, False)
