"""What is to be done first with levels and customers."""

from django.utils.translation import gettext as _

from customers.models import Customer, Level
from loyalty_site.backoffice.first_steps import Step


def steps() -> list[Step]:
    return [
        Step(
            text=_("Make a level"),
            why=_("Every customer is on one, and campaigns are meant for levels."),
            permission="customers.add_level",
            done=Level.objects.all(),
            page="admin:customers_level_add",
        ),
        Step(
            text=_("Add a customer"),
            why=_("Here one by one; tills, shops and your own systems register them over the API."),
            permission="customers.add_customer",
            done=Customer.objects.all(),
            page="admin:customers_customer_add",
        ),
    ]
