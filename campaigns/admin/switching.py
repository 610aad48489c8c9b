"""The question before a campaign goes on or off."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import services
from campaigns.admin.showing import window_line
from campaigns.models import Campaign
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of


def switching(request: HttpRequest, campaign: Campaign, *, active: bool) -> Decision:
    names = {"name": campaign.name, "window": window_line(campaign)}

    def act(data: dict[str, Any]) -> str:
        services.switch(campaign.pk, active, actor=actor_of(request), at=timezone.now())
        return _("“%(name)s” is published.") % names if active else _("“%(name)s” is off.") % names

    return Decision(
        title=_("Publish “%(name)s”") % names if active else _("Switch “%(name)s” off") % names,
        explanation=_("Customers can buy it: %(window)s.") % names
        if active
        else _("At once nobody can see or buy it. Codes that customers hold stay valid."),
        button=_("Publish") if active else _("Switch off"),
        act=act,
        refused=lambda refusal: _("This campaign does not exist any more."),
        back=reverse("admin:campaigns_campaign_change", args=[campaign.pk]),
    )
