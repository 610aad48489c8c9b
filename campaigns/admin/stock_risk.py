"""The start page's panel of campaigns that run out of stock."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.admin.addresses import campaigns
from campaigns.admin.state_badge import state_badges
from campaigns.admin.stock_words import forecast_line
from campaigns.stock_risk import Risk, at_risk
from campaigns.stock_watch import was_paused
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import link

SHOWN = 8


def stock_at_risk(request: HttpRequest, at: datetime) -> Panel | None:
    """What to top up: what is paused, sold out or low, or will be out within a week. Two queries."""
    if not request.user.has_perm("campaigns.view_campaign"):
        return None
    risks = at_risk(at)
    return Panel(
        _("Stock at risk"),
        headers=[_("Campaign"), _("State"), _("Left"), _("Runs out")],
        rows=[_line(risk, at) for risk in risks[:SHOWN]],
        empty=_("No campaign on sale is short of stock."),
        links=[Link(_("All %(n)d") % {"n": len(risks)}, campaigns(stock="risk"))] if risks else [],
        is_urgent=bool(risks),
    )


def _line(risk: Risk, at: datetime) -> tuple[object, ...]:
    campaign = risk.campaign
    return (
        link(campaign.name, reverse("admin:campaigns_campaign_change", args=[campaign.pk])),
        state_badges(campaign, at),
        grouped(campaign.left),
        "" if was_paused(campaign) else forecast_line(risk.forecast, campaign),
    )
