"""On the start page: the campaigns that start or end within two weeks."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.admin.addresses import campaigns
from campaigns.coming import ending, starting
from campaigns.models import Campaign
from loyalty_site.backoffice.panels import Figure, Panel
from loyalty_site.backoffice.theme import link, moment

SHOWN = 8
Line = tuple[datetime, Campaign, str]


def panel(request: HttpRequest, at: datetime) -> Panel | None:
    if not request.user.has_perm("campaigns.view_campaign"):
        return None
    begins = _told(Campaign.objects.filter(starting(at)), _("starts"), ("active_from", "visible_from"), max)
    ends = _told(Campaign.objects.filter(ending(at)), _("ends"), ("active_to", "visible_to"), min)
    soonest = sorted([*begins, *ends], key=lambda line: line[0])[:SHOWN]
    return Panel(
        _("The next 14 days"),
        figures=[
            Figure(_("Campaigns that start"), len(begins), campaigns(coming="starting")),
            Figure(_("Campaigns that end"), len(ends), campaigns(coming="ending")),
        ],
        headers=[_("When"), _("Campaign"), _("What")],
        rows=[[moment(when), _named(campaign), what] for when, campaign, what in soonest],
    )


def _told(found: Iterable[Campaign], what: str, fields: tuple[str, str], which: Callable[..., datetime]) -> list[Line]:
    """When each of them starts or ends: the window of buying and that of being seen both must be open."""
    lines = []
    for campaign in found:
        bound, shown = fields
        moments = [] if campaign.all_time_active else [getattr(campaign, bound)]
        moments += [] if campaign.all_time_visible else [getattr(campaign, shown)]
        lines.append((which(moments), campaign, what))
    return lines


def _named(campaign: Campaign) -> SafeString:
    return link(campaign.name, reverse("admin:campaigns_campaign_change", args=[campaign.pk]))
