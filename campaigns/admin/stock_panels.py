"""What a campaign's page says of its state and its stock, and what to do where that runs low."""

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import stock
from campaigns.admin.countdown import countdown, exact
from campaigns.admin.state_badge import state_badges
from campaigns.admin.stock_meter import meter
from campaigns.admin.stock_words import forecast_line, forecast_note, pace_line, pace_note
from campaigns.forecast import forecast
from campaigns.models import Campaign
from campaigns.states import State, state_of
from campaigns.stock_figures import Figures
from campaigns.stock_watch import is_low, was_paused
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import moment

COUPONS, BATCHES = "admin:campaigns_coupon_changelist", "admin:campaigns_couponbatch_changelist"
PURCHASES = "admin:campaigns_purchase_changelist"


def watching(request: HttpRequest, campaign: Campaign, figures: Figures, at: datetime) -> list[Panel]:
    """The panels of a campaign asked `with_stock` and `with_sold`: an alert where there is one comes first."""
    alert = _alert(request, campaign, at)
    return [*([alert] if alert else []), _now(campaign, figures, at), _stock(request, campaign, figures)]


def _now(campaign: Campaign, figures: Figures, at: datetime) -> Panel:
    outlook = forecast(campaign, figures, at)
    times = [told for told in (countdown(campaign, at), exact(campaign, at)) if told]
    shown = [Figure(_("State"), state_badges(campaign, at), note="; ".join(times))]
    shown.append(Figure(_("Sold"), grouped(campaign.sold)))
    if state_of(campaign, at) in (State.LIVE, State.SOLD_OUT):
        shown += [
            Figure(_("Pace"), pace_line(outlook), note=pace_note(figures, at)),
            Figure(_("Runs out"), forecast_line(outlook, campaign), note=forecast_note(outlook, campaign, at)),
        ]
    audience = reverse("admin:campaigns_campaign_audience", args=[campaign.pk])
    return Panel(_("Now"), figures=shown, links=[Link(_("Who can see this"), audience)])


def _stock(request: HttpRequest, campaign: Campaign, figures: Figures) -> Panel:
    lists = [
        ("campaigns.view_coupon", _("Codes"), COUPONS),
        ("campaigns.view_couponbatch", _("Batches"), BATCHES),
        ("campaigns.view_purchase", _("Purchases"), PURCHASES),
    ]
    links = [
        Link(text, f"{reverse(page)}?campaign__id__exact={campaign.pk}")
        for permission, text, page in lists
        if request.user.has_perm(permission)
    ]
    return Panel(_("Stock"), drawn=meter(campaign, figures), links=links)


def _alert(request: HttpRequest, campaign: Campaign, at: datetime) -> Panel | None:
    state, sentences = state_of(campaign, at), []
    if was_paused(campaign):
        title = _("Paused by itself")
        sentences = _of_pause(campaign)
    elif state == State.SOLD_OUT:
        title = _("Sold out") if campaign.sold else _("No codes yet")
        sentences = [_("Nobody can buy it before there is more stock.")]
    elif state == State.LIVE and is_low(campaign):
        title, sentences = _("Stock is low"), [_left(campaign)]
    else:
        return None
    if campaign.active and campaign.paused_by_itself_at:
        sentences.append(_("It was switched on as it is, so it does not pause by itself again before it has more."))
    if campaign.codes_withheld:
        sentences.append(_held_back(campaign))
    drawn = render_to_string("campaigns/admin/stock_alert.html", {"sentences": sentences})
    return Panel(title, drawn=drawn, links=top_ups(request, campaign))


def top_ups(request: HttpRequest, campaign: Campaign) -> list[Link]:
    """Where more codes come from; none for whoever may not add any, or where all buyers get the same code."""
    if campaign.single_coupon or not request.user.has_perm("campaigns.add_coupon"):
        return []
    pages = [("import_coupons", _("Top up: import codes")), ("generate_coupons", _("Top up: generate codes"))]
    return [Link(text, reverse(f"admin:campaigns_campaign_{page}", args=[campaign.pk])) for page, text in pages]


def _of_pause(campaign: Campaign) -> list[str]:
    names = {"moment": moment(campaign.paused_by_itself_at), "n": grouped(campaign.pause_units or 0)}
    since = (
        _("It was switched off by itself on %(moment)s, when %(n)s units or fewer were left.")
        if campaign.pause_units
        else _("It was switched off by itself on %(moment)s, when it was sold out.")
    ) % names
    if campaign.pause_units is None or stock.left(campaign) > campaign.pause_units:
        return [since, _left(campaign), _("Switch it on, and it is sold again.")]
    return [since, _left(campaign), _("Top it up first, then switch it on.")]


def _left(campaign: Campaign) -> str:
    left = stock.left(campaign)
    return ngettext("%(n)s unit is left.", "%(n)s units are left.", left) % {"n": grouped(left)}


def _held_back(campaign: Campaign) -> str:
    waiting = campaign.codes_withheld
    told = ngettext(
        "%(n)s more code waits above the limit: raise the limit to sell it.",
        "%(n)s more codes wait above the limit: raise the limit to sell them.",
        waiting,
    )
    return told % {"n": grouped(waiting)}
