"""What the campaigns' app shows on the start page, and how purchases are shown wherever they are."""

from datetime import datetime

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Purchase
from campaigns.states import State, in_state
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import badge

CAMPAIGNS = "admin:campaigns_campaign_changelist"


def start(request: HttpRequest, at: datetime) -> Panel | None:
    """How many campaigns are in which state."""
    if not request.user.has_perm("campaigns.view_campaign"):
        return None
    everything = reverse(CAMPAIGNS)
    links = [Link(_("All campaigns"), everything)]
    if request.user.has_perm("campaigns.add_campaign"):
        links.insert(0, Link(_("New campaign"), reverse("admin:campaigns_campaign_add")))
    shown = (State.LIVE, State.SCHEDULED, State.SOLD_OUT, State.OFF)
    counts = {f"in_{state}": Count("pk", filter=in_state(state, at)) for state in shown}
    counted = Campaign.objects.with_stock().aggregate(**counts)
    return Panel(
        _("Campaigns"),
        figures=[Figure(state.label, counted[f"in_{state}"], f"{everything}?state={state}") for state in shown],
        links=links,
    )


def may_see_codes(request: HttpRequest) -> bool:
    """Of what was bought; the codes that can still be sold are another right."""
    return request.user.has_perm("campaigns.view_sold_codes")


def purchase_badge(purchase: Purchase) -> SafeString:
    if purchase.refunded_at:
        return badge(_("refunded"), "warning")
    return badge(_("used"), "success") if purchase.used else badge(_("not used"), "info")
