"""What the customers' app shows on the start page and on a customer's page."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from customers.models import Customer, Transaction
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import badge, link, moment
from loyalty_site.days import day_of, start_of

SHOWN = 5
WEEK = timedelta(days=6)  # and today
TONES = {"new": "info", "active": "success", "blocked": "danger"}


def start(request: HttpRequest, at: datetime) -> Panel | None:
    """The start page's way to a customer."""
    if not request.user.has_perm("customers.view_customer"):
        return None
    everybody = reverse("admin:customers_customer_changelist")
    since = day_of(at) - WEEK
    joined = Customer.objects.filter(created_at__gte=start_of(since)).count()
    links = [Link(_("All customers"), everybody)]
    if request.user.has_perm("customers.add_customer"):
        links.insert(0, Link(_("Add customer"), reverse("admin:customers_customer_add")))
    return Panel(
        _("Customers"),
        search=Link(_("Name, e-mail, phone or card"), everybody),
        figures=[Figure(_("Joined in the last 7 days"), joined, f"{everybody}?created_at_from={since.isoformat()}")],
        links=links,
    )


def status_badge(customer: Customer) -> SafeString:
    return badge(customer.get_status_display(), TONES.get(customer.status, ""))


def sales(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """The customer's latest sales in the shops."""
    if not request.user.has_perm("customers.view_transaction"):
        return None
    latest = customer.transactions.select_related("store")[:SHOWN]
    everything = f"{reverse('admin:customers_transaction_changelist')}?customer__id__exact={customer.pk}"
    return Panel(
        _("Sales"),
        headers=[_("When"), _("Document"), _("Value"), _("Store")],
        rows=[(moment(sale.purchased_at), _document(sale), sale.gross_value, sale.store or "–") for sale in latest],
        empty=_("No sale yet."),
        links=[Link(_("All sales"), everything)] if latest else [],
        anchor="sales",
    )


def _document(sale: Transaction) -> SafeString:
    url = reverse("admin:customers_transaction_change", args=[sale.pk])
    return link(sale.document_number, url)
