"""The way to give a customer an offer, at the top of the customer's page."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.backoffice.glance import Part
from loyalty_site.backoffice.panels import Link


def acts(request: HttpRequest, customer: Customer, at: datetime) -> Part | None:
    if customer.status == Customer.Status.ERASED or not request.user.has_perm("offers.add_customeroffer"):
        return None
    return Part(
        acts=[Link(_("Give an offer"), reverse("admin:offers_offer_give_to", args=[customer.pk]), "local_offer")]
    )
