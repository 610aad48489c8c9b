"""The latest sales are listed without sorting all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_staff_among_users"),
        ("customers", "0009_customers_not_active"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(fields=["-purchased_at", "id"], name="transaction_latest"),
        ),
    ]
