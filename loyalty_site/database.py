"""What the ORM does not say: a service's transaction, rows written together, and tables that only grow.

One place for what differs between PostgreSQL and SQLite.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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


def among(model: type[models.Model], field: str, values: Sequence[Any]) -> Statement:
    """That a column of the model's is one of these, as `= ANY(…)`, to be put behind it: one parameter, however many."""
    wanted = [prepared(model, field, value) for value in values]
    if on_postgresql():
        return "= ANY(%s)", [wanted]
    return "IN (SELECT value FROM json_each(%s))", [json.dumps(wanted)]


def random_uuid() -> str:
    """An expression for a new one (version 4) in every row."""
    if on_postgresql():
        return "gen_random_uuid()"
    half = "lower(hex(randomblob(8)))"
    return (
        f"(substr({half}, 1, 12) || '4' || substr({half}, 1, 3) || "
        f"substr('89ab', 1 + (random() & 3), 1) || substr({half}, 1, 15))"
    )


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


def insert(row: models.Model, *, only_where: Statement | None = None) -> Statement:
    """The statement that inserts this row, where the condition holds. A key that the database assigns is left to it."""
    table, columns, values = _parts_of(row)
    places, params = ", ".join(["%s"] * len(values)), [value for _, value in values]
    if only_where is None:
        return f"INSERT INTO {table} ({columns}) VALUES ({places})", params
    condition, more = only_where
    return f"INSERT INTO {table} ({columns}) SELECT {places} WHERE {condition}", [*params, *more]


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


@dataclass(frozen=True)
class Follower:
    """A row to insert where a change has changed something."""

    row: models.Model
    taken: Mapping[
        str, str
    ]  # the row's field → the column that the change returns: a UUID, which a text field gets too
    only_where: Statement | None = None

    def fill(self, changed: Mapping[str, Any]) -> models.Model:
        for name, column in self.taken.items():
            value = uuid_of(changed[column])
            setattr(self.row, name, str(value) if self._is_text(name) else value)
        return self.row

    def from_changed(self) -> Statement:
        """The insert on PostgreSQL, where the change stands beside it under the name `changed`."""
        table, columns, values = _parts_of(self.row)
        places = ", ".join(self._taken(name) if name in self.taken else "%s" for name, _ in values)
        condition, more = self.only_where or ("true", [])
        params = [value for name, value in values if name not in self.taken]
        return f"INSERT INTO {table} ({columns}) SELECT {places} FROM changed WHERE {condition}", [*params, *more]

    def _taken(self, name: str) -> str:
        return f"changed.{self.taken[name]}{'::text' if self._is_text(name) else ''}"

    def _is_text(self, name: str) -> bool:
        return isinstance(self.row._meta.get_field(name), models.CharField)


def change_and_insert(change: Statement, followers: Sequence[Follower]) -> tuple[Any, ...] | None:
    """Run a change of at most one row, and where it changed one, insert the followers, with what the change returned.

    Returns what the change did. One round trip on PostgreSQL.
    """
    sql, params = change
    with connection.cursor() as cursor:
        if on_postgresql():
            told = [follower.from_changed() for follower in followers]
            parts = "".join(f", told{number} AS ({text})" for number, (text, _) in enumerate(told))
            more = [value for _, values in told for value in values]
            cursor.execute(f"WITH changed AS ({sql}){parts} SELECT * FROM changed", [*params, *more])
            return cursor.fetchone()
        cursor.execute(sql, params)
        changed = cursor.fetchone()
        if changed is not None:
            named = dict(zip((column[0] for column in cursor.description), changed, strict=True))
            for follower in followers:
                cursor.execute(*insert(follower.fill(named), only_where=follower.only_where))
        return changed
