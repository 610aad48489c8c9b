"""Fills the tables: each from one of its rows, in one statement, past the walls that ask row by row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.db.models import AutoField, GeneratedField
from django.utils import timezone

from customers.crowds.rebuilding import rebuild
from tools.volume import firsts
from tools.volume.columns import Filling, fillings
from tools.volume.sizes import Volume

PAST_THE_WALLS = "SET LOCAL session_replication_role = replica"  # neither triggers nor foreign keys: superusers only
LOOSE_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND NOT i.indisunique
"""
AS_USUAL = "SET LOCAL session_replication_role = DEFAULT"


def fill(size: Volume, say: Callable[[str], object] = lambda line: None) -> None:
    """In the caller's transaction, on PostgreSQL."""
    firsts.add(timezone.now())
    _run("SET CONSTRAINTS ALL IMMEDIATE")  # tables with keys still to be checked take no index
    _run(PAST_THE_WALLS)
    for filling in fillings(size):
        with _indexes_afterwards(filling.model._meta.db_table):
            rows = _run(statement(filling))
        _go_on_counting(filling)
        say(f"{rows:>12,} {filling.model._meta.verbose_name_plural}")
    _run(AS_USUAL)
    _run("SET CONSTRAINTS ALL DEFERRED")
    rebuild()
    _run("ANALYZE")
    call_command("recount_days", stdout=StringIO())


@contextmanager
def _indexes_afterwards(table: str) -> Iterator[None]:
    """All but those that constraints stand on: to build one of all rows costs a tenth of keeping it row by row."""
    with connection.cursor() as cursor:
        cursor.execute(LOOSE_INDEXES, [table])
        indexes = cursor.fetchall()
    for name, _ in indexes:
        _run(f'DROP INDEX "{name}"')
    yield
    for _, definition in indexes:
        _run(definition)


def _run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)  # without parameters a percent sign is just that
        return cursor.rowcount


def statement(filling: Filling) -> str:
    meta, quoted = filling.model._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not isinstance(field, GeneratedField)]
    taken = [field for field in fields if field.column in filling.columns or not isinstance(field, AutoField)]
    into = ", ".join(quoted(field.column) for field in taken)
    values = ", ".join(filling.columns.get(field.column, f"t.{quoted(field.column)}") for field in taken)
    table = quoted(meta.db_table)
    return f"""
    INSERT INTO {table} ({into}) SELECT {values}
    FROM (SELECT * FROM {table} {filling.of} LIMIT 1) t, generate_series(1::bigint, {filling.rows}) i
    """


def _go_on_counting(filling: Filling) -> None:
    """The table's own numbers go on after those that were told."""
    meta = filling.model._meta
    if isinstance(meta.pk, AutoField) and meta.pk.column in filling.columns:
        table = connection.ops.quote_name(meta.db_table)
        _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
