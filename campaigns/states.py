"""Where a campaign stands, said twice: of one campaign, and as a condition on many.

Both want campaigns that were asked for `with_stock`.
"""

from datetime import datetime

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from campaigns import stock
from campaigns.models import Campaign


class State(TextChoices):
    """A campaign is in exactly one; live means that customers can see and buy it."""

    OFF = "off", _("Off")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    SOLD_OUT = "sold_out", _("Sold out")
    ENDED = "ended", _("Ended")


def state_of(campaign: Campaign, at: datetime) -> State:
    if not campaign.active:
        return State.OFF
    windows = _windows(campaign)
    if any(last < at for _, last in windows):
        return State.ENDED
    if any(at < first for first, _ in windows):
        return State.SCHEDULED
    return State.LIVE if stock.left(campaign) > 0 else State.SOLD_OUT


def in_state(state: State, at: datetime) -> Q:
    over = Q(all_time_active=False, active_to__lt=at) | Q(all_time_visible=False, visible_to__lt=at)
    waiting = Q(all_time_active=False, active_from__gt=at) | Q(all_time_visible=False, visible_from__gt=at)
    in_stock = Q(left__gt=0)
    return {
        State.OFF: Q(active=False),
        State.ENDED: Q(active=True) & over,
        State.SCHEDULED: Q(active=True) & ~over & waiting,
        State.LIVE: Q(active=True) & ~over & ~waiting & in_stock,
        State.SOLD_OUT: Q(active=True) & ~over & ~waiting & ~in_stock,
    }[state]


def _windows(campaign: Campaign) -> list[tuple[datetime, datetime]]:
    """The windows that bound it: of buying, and of being seen."""
    windows = []
    if not campaign.all_time_active:
        windows.append((campaign.active_from, campaign.active_to))
    if not campaign.all_time_visible:
        windows.append((campaign.visible_from, campaign.visible_to))
    return windows
