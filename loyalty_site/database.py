"""What the ORM does not say: a service's transaction, rows written together, and tables that only grow.

One place for what differs between PostgreSQL and SQLite.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

Statement = tuple[str, Sequence[Any]]

# A service's transaction. Inside another one it joins it without a savepoint (two statements less): whoever wants to
# go on after a refusal puts `transaction.atomic()` around the call.
unit_of_work = transaction.atomic(savepoint=False)


@contextmanager
def read_snapshot() -> Iterator[None]:
    """A transaction whose reads all see one moment, that can write nothing and that no writer waits for.

    Must be the outermost one.
    """
    if on_postgresql():
        with transaction.atomic(durable=True):
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", [])
            yield
        return
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # else it takes the writers' lock
    execute("PRAGMA query_only = ON", [])
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        execute("PRAGMA query_only = OFF", [])
        connection.transaction_mode = usual


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def prepared(model: type[models.Model], field: str, value: Any) -> Any:
    """The value as this database's driver wants it for that column: UUIDs, times and JSON differ."""
    return model._meta.get_field(field).get_db_prep_save(value, connection)


def fetched(model: type[models.Model], field: str, value: Any) -> Any:
    """What a raw statement returns of that column, in Python's type: the counterpart of `prepared`."""
    column = model._meta.get_field(field).get_col(model._meta.db_table)
    for convert in connection.ops.get_db_converters(column) + column.get_db_converters(connection):
        value = convert(value, column, connection)
    return value


def execute(sql: str, params: Sequence[Any]) -> int:
    """Run one statement. Returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def uuid_of(value: UUID | str) -> UUID:
    """A UUID as a raw statement returns it: PostgreSQL's driver knows the type, SQLite's does not."""
    return value if isinstance(value, UUID) else UUID(value)


def fetch_one(sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def fetch_all(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def insert(row: models.Model) -> Statement:
    """The statement that inserts this row. A key that the database assigns is left to it."""
    table, columns, values = _parts_of(row)
    places = ", ".join(["%s"] * len(values))
    return f"INSERT INTO {table} ({columns}) VALUES ({places})", [value for _, value in values]


def _parts_of(row: models.Model) -> tuple[str, str, list[tuple[str, Any]]]:
    """The row's table, its columns as a list in SQL, and each field's name with its value for the driver."""
    fields = [
        field
        for field in row._meta.concrete_fields
        if not field.generated and not (field.primary_key and isinstance(field, models.AutoField))
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    values = [(field.name, field.get_db_prep_save(field.pre_save(row, add=True), connection)) for field in fields]
    return quote(row._meta.db_table), columns, values


def execute_together(statements: Sequence[Statement]) -> list[tuple[Any, ...]]:
    """Run inserts that do not depend on each other: one round trip on PostgreSQL, one after the other on SQLite.

    The first may end with RETURNING; its rows are the answer.
    """
    (first, first_params), *others = statements
    returns = " RETURNING " in first
    with connection.cursor() as cursor:
        if on_postgresql():
            parts = ", ".join(f"part{number} AS ({sql})" for number, (sql, _) in enumerate(statements))
            params = [value for _, params in statements for value in params]
            cursor.execute(f"WITH {parts} SELECT {'* FROM part0' if returns else '1'}", params)
            return cursor.fetchall() if returns else []
        cursor.execute(first, first_params)
        rows = cursor.fetchall() if returns else []
        for sql, params in others:
            cursor.execute(sql, params)
        return rows


def change_and_insert(change: Statement, row: models.Model, *, key: str) -> tuple[Any, ...] | None:
    """Run a change of at most one row that ends with RETURNING id, …, and where it changed one, insert `row` with that
    id, as text, in its field `key`. Returns what the change did. One round trip on PostgreSQL.
    """
    sql, params = change
    if not on_postgresql():
        changed = fetch_one(sql, params)
        if changed is not None:
            setattr(row, key, str(uuid_of(changed[0])))
            execute(*insert(row))
        return changed
    table, columns, values = _parts_of(row)
    taken = ", ".join("changed.id::text" if name == key else "%s" for name, _ in values)
    told = f"INSERT INTO {table} ({columns}) SELECT {taken} FROM changed"
    others = [value for name, value in values if name != key]
    return fetch_one(f"WITH changed AS ({sql}), told AS ({told}) SELECT * FROM changed", [*params, *others])
