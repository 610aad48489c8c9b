"""Whose account a customer's log-in text names."""

from customers.models import Customer
from loyalty_site.access.models import User


def find_user(text: str) -> User | None:
    """The account of the customer with that e-mail, loyalty card number or phone.

    Rule: Open Loyalty, "Authentication": customers log in by e-mail, card number or phone. A customer's account has
    the customer's id.
    """
    customer_ids = Customer.objects.by_login(text).values("pk")
    return User.objects.filter(pk__in=customer_ids).order_by("date_joined").first()
