"""What the points' app shows on a partner's page."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _

from loyalty_site.access.models import Partner
from loyalty_site.backoffice.panels import Figure, Panel
from points.models import Transfer

MONTH = timedelta(days=30)


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
