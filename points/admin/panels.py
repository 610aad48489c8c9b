"""What the points' app shows on a customer's page and on a partner's."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.access.models import Partner
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import badge, link, moment
from points.admin.ledger import TONES
from points.days import day_of
from points.models import Account, Bucket, Transfer

SHOWN = 20
MONTH = timedelta(days=30)


def balance(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """What the customer has, and where it came from and went."""
    if not request.user.has_perm("points.view_account"):
        return None
    account = Account.objects.with_spendable(at).filter(pk=customer.pk).first()
    earned, spent, spendable = (account.earned, account.spent, account.spendable) if account else (0, 0, 0)
    return Panel(
        _("Points"),
        figures=[
            Figure(_("Can be spent"), spendable, note=_next_expiry(customer, at)),
            Figure(_("Earned"), earned),
            Figure(_("Spent"), spent),
            Figure(_("Expired"), earned - spent - spendable),
        ],
        links=_adjustments(request, customer),
    )


def movements(request: HttpRequest, customer: Customer, at: datetime) -> Panel | None:
    """The customer's latest movements of points."""
    if not request.user.has_perm("points.view_transfer"):
        return None
    latest = list(Transfer.objects.filter(account=customer.pk).order_by("-sequence")[:SHOWN])
    ledger = f"{reverse('admin:points_transfer_changelist')}?customer={customer.pk}"
    return Panel(
        _("Latest movements"),
        headers=[_("When"), _("What"), _("Points"), _("Balance"), _("Comment")],
        rows=[_line(transfer) for transfer in latest],
        empty=_("No movement yet."),
        links=[Link(_("All movements"), ledger)] if latest else [],
    )


def _line(transfer: Transfer) -> tuple[object, ...]:
    return (
        link(moment(transfer.created_at), reverse("admin:points_transfer_change", args=[transfer.pk])),
        badge(transfer.get_kind_display(), TONES[transfer.kind]),
        f"{transfer.points:+}",
        transfer.balance_after,
        transfer.comment or transfer.reference or "–",
    )


def _next_expiry(customer: Customer, at: datetime) -> str:
    held = Bucket.objects.filter(account=customer.pk, points__gt=0, expires_on__gte=day_of(at))
    soonest = held.order_by("expires_on").first()
    if soonest is None:
        return ""
    day = date_format(soonest.expires_on, "SHORT_DATE_FORMAT")
    return _("%(points)d until %(day)s") % {"points": soonest.points, "day": day}


def _adjustments(request: HttpRequest, customer: Customer) -> list[Link]:
    if customer.status == Customer.Status.ERASED or not request.user.has_perm("points.adjust_points"):
        return []
    return [
        Link(_("Add points"), reverse("admin:points_account_add_points", args=[customer.pk])),
        Link(_("Take points"), reverse("admin:points_account_take_points", args=[customer.pk])),
    ]


def moved_by(request: HttpRequest, partner: Partner, at: datetime) -> Panel | None:
    """How many points the partner added and took in the last 30 days; None where it moved none."""
    if not request.user.has_perm("points.view_transfer"):
        return None
    names = list(partner.own_values.values_list("value", flat=True))
    moved = Transfer.objects.filter(partner__in=names, created_at__gte=at - MONTH).aggregate(
        added=Sum("points", filter=Q(points__gt=0), default=0),
        taken=Sum("points", filter=Q(points__lt=0), default=0),
        movements=Count("pk"),
    )
    if not moved["movements"]:
        return None
    return Panel(
        _("Points in the last 30 days"),
        figures=[
            Figure(_("Added"), moved["added"]),
            Figure(_("Taken away"), -moved["taken"]),
            Figure(_("Movements"), moved["movements"]),
        ],
    )
