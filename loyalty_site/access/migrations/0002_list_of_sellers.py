"""Sellers are listed from an index of their own, beside all the customers who log in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("role", "ROLE_SELLER")), fields=["date_joined"], name="user_sellers"
            ),
        ),
    ]
