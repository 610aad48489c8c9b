"""How the database is emptied after a test with `transaction=True`: to what it was before the first.

Django's own way writes the content types and permissions anew each time, which takes as long as a test. The append-only
triggers refuse to be emptied; their switch is lifted in the emptying's own transaction, so no test ever sees it lifted.
"""

from collections.abc import Callable

from django.db import connection, transaction
from django.test import TransactionTestCase

from loyalty_site.database import on_postgresql

LIFT, LOWER = "INSERT INTO append_only_switch VALUES (1)", "DELETE FROM append_only_switch"

Rows = list[tuple[object, ...]]


def emptying() -> Callable[[TransactionTestCase], None]:
    """What takes the place of Django's `TransactionTestCase._fixture_teardown`."""
    tables = sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))
    standing = {table: found for table in tables if (found := rows(table))}
    empty = [f"DELETE FROM {table}" for table in tables if table not in standing]

    def end(test_case: TransactionTestCase) -> None:
        with transaction.atomic():
            run([LIFT, *empty, LOWER])
            for table, wanted in standing.items():
                if rows(table) != wanted:
                    run([f"DELETE FROM {table}"])
                    write(table, wanted)

    return end


def run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for part in ["; ".join(statements)] if on_postgresql() else statements:
            cursor.execute(part)


def rows(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return cursor.fetchall()


def write(table: str, wanted: Rows) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(wanted[0]))})", wanted)
