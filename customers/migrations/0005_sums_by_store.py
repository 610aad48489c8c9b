"""A store's figures are read from an index alone (PostgreSQL; SQLite has no such indexes)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0004_parts_of_texts_and_countries"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(
                fields=["store"], include=("document_type", "gross_value"), name="transaction_sums_by_store"
            ),
        ),
    ]
