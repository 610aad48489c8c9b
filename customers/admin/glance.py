"""Who the customer is to the programme, at one glance; and the way in and out."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.admin.panels import status_badge
from customers.models import Customer
from loyalty_site.backoffice.glance import Part
from loyalty_site.backoffice.panels import Figure, Link
from loyalty_site.backoffice.theme import day


def person(request: HttpRequest, customer: Customer, at: datetime) -> Part:
    segments = [membership.segment.name for membership in customer.memberships.all()]
    return Part(
        figures=[
            Figure(_("Status"), status_badge(customer)),
            Figure(_("Level"), customer.level.name, note=_("set by hand") if customer.level_set_by_hand else ""),
        ],
        text=_("In the segments: %(segments)s.") % {"segments": ", ".join(segments)}
        if segments
        else _("In no segment."),
    )


def since(request: HttpRequest, customer: Customer, at: datetime) -> Part:
    return Part(figures=[Figure(_("Member since"), day(customer.created_at))])


def status_acts(request: HttpRequest, customer: Customer, at: datetime) -> Part | None:
    """To block, or to let in; for nobody who was erased."""
    if customer.status == Customer.Status.ERASED or not request.user.has_perm("customers.change_customer"):
        return None
    acts = []
    if customer.status != Customer.Status.ACTIVE:
        acts.append(
            Link(_("Activate"), reverse("admin:customers_customer_activate", args=[customer.pk]), "check_circle")
        )
    if customer.status != Customer.Status.BLOCKED:
        acts.append(Link(_("Block"), reverse("admin:customers_customer_block", args=[customer.pk]), "block"))
    return Part(acts=acts)
