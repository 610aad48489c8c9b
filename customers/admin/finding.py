"""What the search of the back office finds of customers and their sales."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, Transaction
from loyalty_site.backoffice.finding import Finder, Hit, few, hit, uuid_in
from loyalty_site.backoffice.theme import day


def _customers(request: HttpRequest, text: str) -> Sequence[Hit]:
    """By what names one alone; else by name."""
    found = list(few(Customer.objects.by_identifier(text))) or list(few(Customer.objects.named(text)))
    return [hit(customer, _recognised_by(customer)) for customer in found]


def _recognised_by(customer: Customer) -> str:
    known = [customer.email, customer.phone, customer.card_number, customer.audit_label]
    return " · ".join(value for value in known if value and value != str(customer))


def _sales(request: HttpRequest, text: str) -> Sequence[Hit]:
    asked = Q(document_number=text)
    if (sale_id := uuid_in(text)) is not None:
        asked |= Q(pk=sale_id)
    found = few(Transaction.objects.filter(asked).select_related("customer"))
    return [hit(sale, f"{sale.customer or '–'} · {day(sale.purchased_at)} · {sale.gross_value}") for sale in found]


CUSTOMERS = Finder(
    _("Customers"),
    _("A customer's name, e-mail, phone, card, external id, number or id"),
    ("customers.view_customer",),
    _customers,
    "admin:customers_customer_changelist",
)
SALES = Finder(
    _("Sales"),
    _("The document number of a sale"),
    ("customers.view_transaction",),
    _sales,
    "admin:customers_transaction_changelist",
)
