"""Answered offers are found among many that are not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_staff_among_users"),
        ("customers", "0010_latest_sales"),
        ("offers", "0002_offers_to_many"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="customeroffer",
            index=models.Index(
                condition=models.Q(("state", "NONE"), _negated=True),
                fields=["state", "-given_at"],
                name="given_offer_answered",
            ),
        ),
    ]
