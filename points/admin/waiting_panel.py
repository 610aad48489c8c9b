"""What the start page, and a customer's, say of adjustments that wait for a second person."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import link, moment
from points.adjustments.models import Adjustment

SHOWN = 5
MANY = 100  # more are not counted


def start(request: HttpRequest, at: datetime) -> Panel | None:
    """The oldest first, for whoever may approve; None where nothing waits."""
    if not request.user.has_perm("points.approve_adjustment") or not request.user.has_perm("points.view_adjustment"):
        return None
    waiting = Adjustment.objects.filter(state=Adjustment.State.WAITING).order_by("asked_at", "id")
    oldest = list(waiting.select_related("customer", "reason", "asked_by")[:SHOWN])
    if not oldest:
        return None
    all_of_them = f"{reverse('admin:points_adjustment_changelist')}?state__exact=waiting"
    return Panel(
        _("Points waiting for approval"),
        figures=[Figure(_("Waiting"), _counted(waiting), all_of_them)],
        headers=[_("Since"), _("Customer"), _("Points"), _("Reason"), _("Asked by")],
        rows=[_line(one) for one in oldest],
        links=[Link(_("Look at all"), all_of_them)],
        is_urgent=True,
    )


def of_customer(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """What is asked for this customer and has not moved yet; None where nothing is."""
    if not request.user.has_perm("points.view_adjustment"):
        return None
    asked = Adjustment.objects.filter(customer=customer.pk, state=Adjustment.State.WAITING).order_by("asked_at", "id")
    waiting = list(asked.select_related("customer", "reason", "asked_by")[:SHOWN])
    if not waiting:
        return None
    return Panel(
        _("Points waiting for approval"),
        headers=[_("Since"), _("Points"), _("Reason"), _("Asked by")],
        rows=[(since, *rest) for since, _customer, *rest in map(_line, waiting)],
    )


def _counted(waiting: QuerySet) -> str:
    n = waiting[: MANY + 1].count()
    return str(n) if n <= MANY else _("more than %(n)d") % {"n": MANY}


def _line(adjustment: Adjustment) -> tuple[object, ...]:
    return (
        link(moment(adjustment.asked_at), reverse("admin:points_adjustment_change", args=[adjustment.pk])),
        adjustment.customer,
        f"{adjustment.points:+}",
        adjustment.reason,
        adjustment.asked_by.username,
    )
