"""Customers are found by parts of their texts, which PostgreSQL keeps an index of trigrams for; a country is a name.

The index needs the extension pg_trgm. The owner of a database may add it; where that is refused, or the extension is not
installed, everything works without the index, and such a search reads all customers.
"""

from django.db import DatabaseError, migrations, models, transaction

COLUMNS = ["email", "phone", "first_name", "last_name", "card_number", "city", "postal"]
WITHOUT = """
  The extension pg_trgm could not be added: {error}
  Searching customers by parts of their texts will read all of them. To add the index later, have a superuser run
  CREATE EXTENSION pg_trgm; and then: {index}"""


def forwards(apps, schema):
    if schema.connection.vendor != "postgresql":
        return
    index = f"CREATE INDEX customer_by_parts ON customers_customer USING gin ({', '.join(map(trigrams, COLUMNS))})"
    try:
        with transaction.atomic(using=schema.connection.alias):
            schema.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as refused:
        print(WITHOUT.format(error=str(refused).splitlines()[0], index=index))
        return
    schema.execute(index)


def backwards(apps, schema):
    if schema.connection.vendor == "postgresql":
        schema.execute("DROP INDEX IF EXISTS customer_by_parts")


def trigrams(column):
    """As Django asks for parts in any case."""
    return f"UPPER({column}) gin_trgm_ops"


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_crowds_of_levels_and_segments")]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.AlterField("customer", "country", models.CharField(blank=True, max_length=64)),
    ]
