"""Migration operations that let the database itself refuse to change or remove a written row.

The one switch that lifts this is the table `append_only_switch`, which no code of the product fills but a migration
that gives rows of old a new column's value, and that takes it back in the same transaction. The test suite does, around
Django's flush, which empties every table after a test with real commits.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SWITCH = "CREATE TABLE append_only_switch (lifted integer NOT NULL)"

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM append_only_switch) THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""


def create_switch() -> migrations.RunPython:
    """The switch, and on PostgreSQL the function that the triggers call. Run once, before the first `append_only`."""

    def forwards(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        schema.execute(SWITCH)
        if schema.connection.vendor == "postgresql":
            schema.execute(POSTGRESQL_FUNCTION, params=None)

    def backwards(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        if schema.connection.vendor == "postgresql":
            schema.execute("DROP FUNCTION refuse_change")
        schema.execute("DROP TABLE append_only_switch")

    return migrations.RunPython(forwards, backwards)


def append_only(table: str) -> migrations.RunPython:
    """Refuse UPDATE and DELETE (and TRUNCATE, where there is one) on this table."""

    def forwards(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        if schema.connection.vendor == "postgresql":
            schema.execute(
                f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            schema.execute(
                f"CREATE TRIGGER {table}_keeps_rows BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
            return
        for verb in ("UPDATE", "DELETE"):
            schema.execute(  # the table's name comes from a migration
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "WHEN NOT EXISTS (SELECT 1 FROM append_only_switch) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: {verb} refused'); END"
            )

    def backwards(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        if schema.connection.vendor == "postgresql":
            schema.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
            schema.execute(f"DROP TRIGGER {table}_keeps_rows ON {table}")
            return
        for verb in ("update", "delete"):
            schema.execute(f"DROP TRIGGER {table}_no_{verb}")

    return migrations.RunPython(forwards, backwards)
