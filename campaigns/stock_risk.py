"""Campaigns whose stock asks for something to be done soon."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from campaigns.forecast import Forecast, Outlook, forecast
from campaigns.models import Campaign
from campaigns.states import State, in_state
from campaigns.stock_figures import figures
from campaigns.stock_watch import PAUSED, is_low, was_paused

LOOKED_AT = 200  # campaigns on sale, those with the fewest units first
SOON = 7  # days


@dataclass(frozen=True)
class Risk:
    """A campaign, asked `with_stock`, and when it runs out."""

    campaign: Campaign
    forecast: Forecast


def at_risk(at: datetime) -> list[Risk]:
    """Paused by themselves, sold out, low, or out within a week though they are sold for longer; the worst first.

    Two queries, however many there are.
    """
    chosen = list(_on_sale(at)[:LOOKED_AT])
    found = figures(chosen, at)
    risks = [Risk(campaign, forecast(campaign, found[campaign.pk], at)) for campaign in chosen]
    return sorted(filter(_asks_for_something, risks), key=_urgency)


def _on_sale(at: datetime) -> QuerySet[Campaign]:
    ended = Q(all_time_active=False, active_to__lt=at) | Q(all_time_visible=False, visible_to__lt=at)
    now = in_state(State.LIVE, at) | in_state(State.SOLD_OUT, at) | (PAUSED & ~ended)
    return Campaign.objects.with_stock().filter(now).order_by("left", "pk")


def _asks_for_something(risk: Risk) -> bool:
    if was_paused(risk.campaign) or risk.forecast.outlook == Outlook.EMPTY or is_low(risk.campaign):
        return True
    return risk.forecast.outlook == Outlook.RUNS_OUT and risk.forecast.days_left <= SOON


def _urgency(risk: Risk) -> tuple[bool, bool, float, int]:
    runs_out = risk.forecast.days_left is not None
    return (
        not was_paused(risk.campaign),
        risk.forecast.outlook != Outlook.EMPTY,
        risk.forecast.days_left if runs_out else float("inf"),
        risk.campaign.left,
    )
