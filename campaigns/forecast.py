"""When a campaign's stock runs out, if it goes on as it did lately. It says nothing where there is little to go by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from campaigns import stock
from campaigns.models import Campaign
from campaigns.stock_figures import SEEN, Figures

LEAST_SPAN = timedelta(hours=12)  # of sales, to tell anything of a day
LEAST_SOLD = 5
OUT_OF_SIGHT = 365  # days; beyond that nobody plans


class Outlook(Enum):
    """What can be said."""

    ENDLESS = "endless"  # everybody may have the same code, without a limit
    EMPTY = "empty"
    TOO_LITTLE_KNOWN = "too little known"
    NOT_IN_SIGHT = "not in sight"
    LASTS = "lasts"  # longer than it is sold
    RUNS_OUT = "runs out"


@dataclass(frozen=True)
class Forecast:
    outlook: Outlook
    per_day: float | None = None  # units sold on a day; None where too little is known
    days_left: float | None = None  # at that pace
    out_at: datetime | None = None


def forecast(campaign: Campaign, figures: Figures, at: datetime) -> Forecast:
    """Of a campaign that was asked for `with_stock`."""
    per_day = pace(figures, at)
    left = stock.left(campaign)
    if campaign.has_endless_stock:
        return Forecast(Outlook.ENDLESS, per_day)
    if left <= 0:
        return Forecast(Outlook.EMPTY, per_day)
    if per_day is None:
        return Forecast(Outlook.TOO_LITTLE_KNOWN)
    if per_day == 0 or left / per_day > OUT_OF_SIGHT:
        return Forecast(Outlook.NOT_IN_SIGHT, per_day)
    days = left / per_day
    out_at = at + timedelta(days=days)
    ends = None if campaign.all_time_active else campaign.active_to
    outlook = Outlook.LASTS if ends and out_at > ends else Outlook.RUNS_OUT
    return Forecast(outlook, per_day, days, out_at)


def pace(figures: Figures, at: datetime) -> float | None:
    """Units a day; None where it has been on sale for too short a time, or the few sales could be chance.

    Nothing sold in all the time looked at is a pace too: 0.
    """
    span = at - figures.since if figures.since else timedelta()
    is_long = span >= LEAST_SPAN or (figures.lately >= SEEN and span)
    if not is_long or 0 < figures.lately < LEAST_SOLD:
        return None
    return figures.lately / (span / timedelta(days=1))
