"""An addition without a last day is refused: lists would show it as valid for ever."""

from django.db import migrations, models

from loyalty_site.kept_triggers import AddConstraintKeepingTriggers


class Migration(migrations.Migration):
    dependencies = [("points", "0004_last_day_of_an_addition")]

    operations = [
        AddConstraintKeepingTriggers(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "earn"), _negated=True) | models.Q(("expires_on__isnull", False)),
                name="transfer_addition_has_a_last_day",
            ),
        ),
    ]
