"""A migration operation for tables that have triggers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s ORDER BY name"


class AddConstraintKeepingTriggers(migrations.AddConstraint):
    """SQLite makes the table anew for a constraint, and its triggers would be gone with the old one."""

    def database_forwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any) -> None:
        with _kept(schema_editor, self._table(app_label, states)):
            super().database_forwards(app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any) -> None:
        with _kept(schema_editor, self._table(app_label, states)):
            super().database_backwards(app_label, schema_editor, *states)

    def _table(self, app_label: str, states: Any) -> str:
        return states[0].apps.get_model(app_label, self.model_name)._meta.db_table


@contextmanager
def _kept(schema: BaseDatabaseSchemaEditor, table: str) -> Iterator[None]:
    """Triggers of this table are made again afterwards, on SQLite."""
    if schema.connection.vendor != "sqlite":
        yield
        return
    with schema.connection.cursor() as cursor:
        triggers = [sql for (sql,) in cursor.execute(TRIGGERS, [table]).fetchall()]
    yield
    for sql in triggers:
        schema.execute(sql, params=None)
