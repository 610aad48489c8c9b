"""A campaign's stock as a bar and in words: what is on sale, kept back, handed out, used and withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.admin.stock_words import short_forecast
from campaigns.forecast import forecast
from campaigns.models import Campaign
from campaigns.states import State, state_of
from campaigns.stock_figures import Figures
from loyalty_site.backoffice.numbers import grouped


@dataclass(frozen=True)
class Part:
    """One colour of the bar."""

    name: str  # of its style
    label: str
    units: int
    share: float  # of all, in per cent

    @property
    def counted(self) -> str:
        return grouped(self.units)


def parts(campaign: Campaign, figures: Figures) -> list[Part]:
    """Of a campaign asked `with_stock` and `with_sold`. None where everybody may have the same code without a limit."""
    if campaign.has_endless_stock:
        return []
    used = min(figures.used, campaign.sold)  # counted a moment later
    units = {
        "free": (_("On sale"), campaign.left),
        "withheld": (_("Kept back by the limit"), campaign.codes_withheld),
        "held": (_("Handed out, not used"), campaign.sold - used),
        "used": (_("Used"), used),
        "withdrawn": (_("Withdrawn"), figures.withdrawn),
    }
    total = sum(number for _, number in units.values()) or 1
    always = ("free", "held", "used")
    return [
        Part(name, label, number, 100 * number / total)
        for name, (label, number) in units.items()
        if number or name in always
    ]


def meter(campaign: Campaign, figures: Figures) -> SafeString:
    """For the campaign's page: the bar, and what each of its colours stands for."""
    shown = parts(campaign, figures)
    return render_to_string("campaigns/admin/stock_meter.html", {"parts": shown, "sold": grouped(campaign.sold)})


def meter_line(campaign: Campaign, figures: Figures, at: datetime) -> SafeString:
    """For a list: the bar, how many are left of how many, and the forecast where it is on sale."""
    shown = parts(campaign, figures)
    on_sale = state_of(campaign, at) == State.LIVE
    facts = {
        "parts": shown,
        "left": grouped(campaign.left),
        "total": grouped(sum(part.units for part in shown)),
        "forecast": short_forecast(forecast(campaign, figures, at), campaign) if on_sale else "",
    }
    return render_to_string("campaigns/admin/stock_line.html", facts)
