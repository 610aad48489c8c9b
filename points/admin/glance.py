"""A customer's points at one glance, and the way to move them."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.backoffice.glance import Part
from loyalty_site.backoffice.panels import Figure, Link
from points.days import day_of
from points.models import Account, Bucket


def points(request: HttpRequest, customer: Customer, at: datetime) -> Part | None:
    if not request.user.has_perm("points.view_account"):
        return None
    spendable = Account.objects.spendable_of(customer.pk, at)
    held = Bucket.objects.filter(account=customer.pk, points__gt=0, expires_on__gte=day_of(at))
    return Part(figures=[Figure(_("Can be spent"), spendable), _next_expiry(held.order_by("expires_on").first())])


def _next_expiry(soonest: Bucket | None) -> Figure:
    if soonest is None:
        return Figure(_("Expires next"), "–")
    day = date_format(soonest.expires_on, "SHORT_DATE_FORMAT")
    return Figure(_("Expires next"), soonest.points, note=_("at the end of %(day)s") % {"day": day})


def adjustments(request: HttpRequest, customer: Customer, at: datetime) -> Part | None:
    if customer.status == Customer.Status.ERASED or not request.user.has_perm("points.adjust_points"):
        return None
    return Part(
        acts=[
            Link(_("Add points"), reverse("admin:points_account_add_points", args=[customer.pk]), "add"),
            Link(_("Take points"), reverse("admin:points_account_take_points", args=[customer.pk]), "remove"),
        ]
    )
