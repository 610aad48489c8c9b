"""The way to enrol a customer in a promotion, at the top of the customer's page."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.backoffice.glance import Part
from loyalty_site.backoffice.panels import Link


def acts(request: HttpRequest, customer: Customer, at: datetime) -> Part | None:
    """Who is blocked is enrolled in nothing."""
    closed = customer.status in (Customer.Status.ERASED, Customer.Status.BLOCKED)
    if closed or not request.user.has_perm("promotions.add_enrolment"):
        return None
    address = reverse("admin:promotions_promotion_enrol_one", args=[customer.pk])
    return Part(acts=[Link(_("Enrol in a promotion"), address, "how_to_reg")])
