"""Names are found by how they begin, in any case (PostgreSQL keeps an index for that); transactions are called sales."""

from django.db import migrations


def forwards(apps, schema):
    if schema.connection.vendor == "postgresql":
        for field in ("first_name", "last_name"):
            schema.execute(
                f"CREATE INDEX customer_{field}_prefix ON customers_customer (UPPER({field}) text_pattern_ops)"
            )


def backwards(apps, schema):
    if schema.connection.vendor == "postgresql":
        for field in ("first_name", "last_name"):
            schema.execute(f"DROP INDEX customer_{field}_prefix")


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.AlterModelOptions(
            name="transaction", options={"ordering": ["-purchased_at", "id"], "verbose_name": "sale"}
        ),
    ]
