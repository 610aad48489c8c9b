"""Rows that every sale updates get room to be updated in place."""

from django.db import migrations


def forwards(apps, schema):
    if schema.connection.vendor == "postgresql":
        schema.execute("ALTER TABLE campaigns_slice SET (fillfactor = 80)")


def backwards(apps, schema):
    if schema.connection.vendor == "postgresql":
        schema.execute("ALTER TABLE campaigns_slice RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
