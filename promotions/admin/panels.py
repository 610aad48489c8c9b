"""What the promotions' app shows on a customer's page and on a partner's."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.access.models import Partner
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import link, moment
from promotions.admin.showing import enrolment_badge
from promotions.models import Enrolment

SHOWN = 5
ENROLMENTS = "admin:promotions_enrolment_changelist"
MONTH = timedelta(days=30)


def enrolments_of(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """What the customer was enrolled in last."""
    if not request.user.has_perm("promotions.view_enrolment"):
        return None
    latest = list(customer.enrolments.select_related("promotion")[:SHOWN])
    everything = f"{reverse(ENROLMENTS)}?customer__id__exact={customer.pk}"
    return Panel(
        _("Promotions"),
        headers=[_("When"), _("Promotion"), _("State"), _("Until")],
        rows=[_line(enrolment, at) for enrolment in latest],
        empty=_("Not enrolled in anything yet."),
        links=[Link(_("All enrolments"), everything)] if latest else [],
        anchor="promotions",
    )


def enrolled_by(request: HttpRequest, partner: Partner, at: datetime) -> Panel | None:
    """How many customers the partner enrolled in the last 30 days; None where it enrolled none."""
    if not request.user.has_perm("promotions.view_enrolment"):
        return None
    actors = [f"token:{token_id}" for token_id in partner.tokens.values_list("pk", flat=True)]
    count = Enrolment.objects.filter(enrolled_at__gte=at - MONTH, actor__in=actors).count()
    return Panel(_("Enrolments in the last 30 days"), figures=[Figure(_("Enrolled"), count)]) if count else None


def _line(enrolment: Enrolment, at: datetime) -> tuple[object, ...]:
    page = reverse("admin:promotions_enrolment_change", args=[enrolment.pk])
    until = moment(enrolment.ends_at) if enrolment.ends_at else _("no end")
    begun = link(moment(enrolment.enrolled_at), page)
    return (begun, enrolment.promotion.name, enrolment_badge(enrolment, at), until)
