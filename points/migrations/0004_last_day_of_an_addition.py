"""An addition names its last day in a column of its own, so that lists can ask which have expired."""

from django.db import migrations, models

POSTGRESQL = "(buckets -> 0 ->> 'expires_on')::date"
SQLITE = "json_extract(buckets, '$[0].expires_on')"


def fill(apps, schema):
    """The day that additions of before have told in their buckets only. Nobody outside sees the switch lifted."""
    day = POSTGRESQL if schema.connection.vendor == "postgresql" else SQLITE
    schema.execute("INSERT INTO append_only_switch VALUES (1)")
    schema.execute(f"UPDATE points_transfer SET expires_on = {day} WHERE kind = 'earn'")
    schema.execute("DELETE FROM append_only_switch")


class Migration(migrations.Migration):
    dependencies = [("points", "0003_adjust_points")]

    operations = [
        migrations.AddField(
            model_name="transfer",
            name="expires_on",
            field=models.DateField(
                editable=False,
                help_text="Of an addition: the last day on which its points can be spent.",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("kind__in", ["earn", "spend", "deduct"])),
                fields=["-created_at", "-id"],
                include=("kind", "expires_on"),
                name="transfer_latest_first",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
