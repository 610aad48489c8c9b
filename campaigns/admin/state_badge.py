"""The state of a campaign at a glance: what it is, whether its stock asks for something, and how long it stays so."""

from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.admin.countdown import countdown, exact
from campaigns.models import Campaign
from campaigns.states import State, state_of
from campaigns.stock_watch import is_low, was_paused
from loyalty_site.backoffice.theme import badge

TONES = {
    State.LIVE: "success",
    State.SCHEDULED: "info",
    State.SOLD_OUT: "danger",
    State.OFF: "",
    State.ENDED: "warning",
}


def state_badges(campaign: Campaign, at: datetime) -> SafeString:
    """Its state, and “Low” where few units are left of what is on sale."""
    state = state_of(campaign, at)
    if was_paused(campaign):
        return badge(_("Paused by itself"), "danger")
    shown = [badge(state.label, TONES[state])]
    if state == State.LIVE and is_low(campaign):
        shown.append(badge(_("Low"), "warning"))
    return format_html_join(" ", "{}", ([one] for one in shown))


def state_with_countdown(campaign: Campaign, at: datetime) -> SafeString:
    """For a list."""
    return format_html(
        '<span class="campaign-state"><span>{}</span> <span class="campaign-note" title="{}">{}</span></span>',
        state_badges(campaign, at),
        exact(campaign, at),
        countdown(campaign, at),
    )
