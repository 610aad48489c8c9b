"""Customers who are not active are found without reading those who are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0008_handing_out_and_erasing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("status", "active"), _negated=True),
                fields=["status", "-created_at"],
                name="customer_not_active",
            ),
        ),
    ]
