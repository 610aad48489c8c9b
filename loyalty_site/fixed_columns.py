"""A migration operation for rows that may be decided about once: what they say stays, and they are never removed."""

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def fixed_columns(table: str, columns: Sequence[str], open_while: str) -> migrations.RunPython:
    """Refuse DELETE, a change to these columns, and any change to a row that is not open any more.

    `open_while` is SQL about a row called OLD. The switch of `append_only` lifts this too.
    """

    def forwards(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        on_postgresql = schema.connection.vendor == "postgresql"
        differs = "IS DISTINCT FROM" if on_postgresql else "IS NOT"
        changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
        refused = {"UPDATE": f"(NOT ({open_while}) OR {changed})", "DELETE": "(1 = 1)"}
        for verb, when in refused.items():
            begin = f"CREATE TRIGGER {table}_fixed_{verb.lower()} BEFORE {verb} ON {table}"
            if on_postgresql:
                schema.execute(f"{begin} FOR EACH ROW WHEN {when} EXECUTE FUNCTION refuse_change()", params=None)
                continue
            schema.execute(  # the table's name comes from a migration
                f"{begin} WHEN {when} AND NOT EXISTS (SELECT 1 FROM append_only_switch) "
                f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was asked and decided: {verb} refused'); END",
                params=None,
            )

    def backwards(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if schema.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            schema.execute(f"DROP TRIGGER {table}_fixed_{verb}{on}")

    return migrations.RunPython(forwards, backwards)
