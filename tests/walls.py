"""Raw SQL against the walls of the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from loyalty_site.database import on_postgresql
from tests.books import books


def run(sql: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def run_and_check(sql: str, *params: object) -> None:
    """Run it and ask, as the end of the transaction would, what was put off until then."""
    run(sql, *params)
    connection.check_constraints()


def refused_by_the_database(match: str, sql: str, *params: object) -> None:
    """The statement is refused with that text, at the latest when its transaction ends, and changes nothing."""
    before = books()
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        run_and_check(sql, *params)
    assert books() == before


def plant(*statements: str) -> None:
    """Write an error past every wall: triggers, and on PostgreSQL foreign keys too, are lifted while it is done."""
    connection.check_constraints()  # what was put off is not to be asked about the error
    lift, lower = "INSERT INTO append_only_switch VALUES (1)", "DELETE FROM append_only_switch"
    if on_postgresql():
        lift, lower = (f"SET session_replication_role = {role}" for role in ("replica", "origin"))
    for statement in (lift, *statements, lower):
        run(statement)
