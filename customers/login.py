"""Whose account a customer's log-in text names."""

from uuid import UUID

from customers.models import Customer
from loyalty_site.access.models import User


def find_user(text: str) -> User | None:
    """The account of the customer with that e-mail, loyalty card number or phone, unless blocked or erased.

    A text that is an e-mail of one customer and the card or phone of another names whose e-mail it is; one that is the
    card of one and the phone of another names nobody.

    Rule: Open Loyalty, "Authentication": customers log in by e-mail, card number or phone. A customer's account has
    the customer's id.
    """
    customer_id = _named_by(text)
    return customer_id and User.objects.filter(pk=customer_id).first()


def _named_by(text: str) -> UUID | None:
    """Who may not log in is looked at too: nobody else is to come in by that name."""
    found = list(Customer.objects.by_login(text).values_list("pk", "status", "is_email"))
    named = [row for row in found if row[2]] or found
    if len(named) != 1:
        return None
    ((customer_id, status, _),) = named
    return None if status in Customer.SHUT_OUT else customer_id
