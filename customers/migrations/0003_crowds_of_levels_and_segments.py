"""Who is on each level and in each segment, as bits; drawn from the customers who are there already."""

import django.db.models.deletion
from django.db import migrations, models

import customers.crowds.bits

TABLES = ("customers_levelcrowd", "customers_segmentcrowd")
PLACES = "INSERT INTO customers_place (customer_id) SELECT id FROM customers_customer ORDER BY created_at, id"
BITS = "p.id / 8192, bit_or(set_bit(CAST(0 AS bit(8192)), CAST(p.id & 8191 AS integer), 1)), COUNT(*)"
LEVELS = f"""
INSERT INTO customers_levelcrowd (level_id, chunk, bits, members)
SELECT c.level_id, {BITS}
FROM customers_customer c JOIN customers_place p ON p.customer_id = c.id
WHERE c.status <> 'erased' GROUP BY c.level_id, p.id / 8192 ORDER BY c.level_id, p.id / 8192
"""
SEGMENTS = f"""
INSERT INTO customers_segmentcrowd (segment_id, chunk, bits, members)
SELECT m.segment_id, {BITS}
FROM customers_segmentmembership m JOIN customers_customer c ON c.id = m.customer_id
JOIN customers_place p ON p.customer_id = c.id
WHERE c.status <> 'erased' GROUP BY m.segment_id, p.id / 8192 ORDER BY m.segment_id, p.id / 8192
"""


def draw(apps, schema):
    with schema.connection.cursor() as cursor:
        for statement in (PLACES, LEVELS, SEGMENTS):
            cursor.execute(statement)


def leave_room(apps, schema):
    """On the page, for rows that are changed in place."""
    if schema.connection.vendor == "postgresql":
        for table in TABLES:
            schema.execute(f"ALTER TABLE {table} SET (fillfactor = 80)")


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_names_by_how_they_begin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="place", to="customers.customer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LevelCrowd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chunk", models.IntegerField()),
                ("bits", customers.crowds.bits.BitsField()),
                ("members", models.IntegerField(help_text="How many bits are set.")),
                (
                    "level",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crowds",
                        to="customers.level",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("level", "chunk"), name="chunk_once_per_level"),
                    models.CheckConstraint(
                        condition=models.Q(("chunk__gte", 0), ("members__gte", 0)), name="level_crowd_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentCrowd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chunk", models.IntegerField()),
                ("bits", customers.crowds.bits.BitsField()),
                ("members", models.IntegerField(help_text="How many bits are set.")),
                (
                    "segment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crowds",
                        to="customers.segment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("segment", "chunk"), name="chunk_once_per_segment"),
                    models.CheckConstraint(
                        condition=models.Q(("chunk__gte", 0), ("members__gte", 0)), name="segment_crowd_not_negative"
                    ),
                ],
            },
        ),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
        migrations.RunPython(draw, migrations.RunPython.noop),
    ]
