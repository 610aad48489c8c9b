"""What the offers' app shows on a customer's page and on a partner's."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.access.models import Partner
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import link, moment
from offers.admin.showing import span, state_badge
from offers.models import CustomerOffer

SHOWN = 5
GIVEN = "admin:offers_customeroffer_changelist"
MONTH = timedelta(days=30)


def given_to(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """The offers that the customer was given last."""
    if not request.user.has_perm("offers.view_customeroffer"):
        return None
    latest = list(customer.offers.select_related("offer")[:SHOWN])
    everything = f"{reverse(GIVEN)}?customer__id__exact={customer.pk}"
    return Panel(
        _("Offers"),
        headers=[_("When"), _("Offer"), _("Code"), _("Answer"), _("Valid")],
        rows=[_line(given, at) for given in latest],
        empty=_("No offer given yet."),
        links=[Link(_("All offers"), everything)] if latest else [],
        anchor="offers",
        is_across=True,
    )


def given_by(request: HttpRequest, partner: Partner, at: datetime) -> Panel | None:
    """How many offers the partner gave in the last 30 days, and what became of them; None where it gave none."""
    if not request.user.has_perm("offers.view_customeroffer"):
        return None
    states = CustomerOffer.State
    counted = partner.given_offers.filter(given_at__gte=at - MONTH).aggregate(
        given=Count("pk"),
        accepted=Count("pk", filter=Q(state=states.ACCEPTED)),
        completed=Count("pk", filter=Q(state=states.COMPLETED)),
    )
    if not counted["given"]:
        return None
    return Panel(
        _("Offers given in the last 30 days"),
        figures=[
            Figure(_("Given"), counted["given"], f"{reverse(GIVEN)}?partner__id__exact={partner.pk}"),
            Figure(_("Accepted"), counted["accepted"]),
            Figure(_("Completed"), counted["completed"]),
        ],
    )


def _line(given: CustomerOffer, at: datetime) -> tuple[object, ...]:
    page = reverse("admin:offers_customeroffer_change", args=[given.pk])
    return (link(moment(given.given_at), page), given.offer.name, given.code, state_badge(given, at), span(given))
