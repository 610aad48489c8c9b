"""The calendar of campaigns: a month of them as bars, and what to think of before the month comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaigns import month as months
from campaigns.admin.showing import window_line
from campaigns.admin.state_badge import state_badges
from campaigns.models import Campaign
from campaigns.month import Clash, Days, Month, days_of_buying
from campaigns.states import state_of
from campaigns.stock_watch import was_paused
from customers.models import Level, Segment
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.theme import link

SHOWN = 200  # campaigns of a month


@dataclass(frozen=True)
class Bar:
    """One line of the calendar."""

    name: str
    url: str
    badges: SafeString
    window: str
    style: str  # of its colour
    start: float  # per cent of the month before it
    width: float


def page(admin: ModelAdmin, request: HttpRequest) -> TemplateResponse:
    at = timezone.now()
    today = timezone.localdate()
    month = months.read(request.GET.get("month", ""), today)
    found = list(months.campaigns_in(month)[: SHOWN + 1])
    campaigns = found[:SHOWN]
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Calendar of campaigns"),
        "opts": admin.opts,
        "media": admin.media,
        "month": month,
        "month_name": date_format(month.first, "YEAR_MONTH_FORMAT"),
        "today": today if Month.of(today) == month else None,
        "bars": [_bar(campaign, month, at) for campaign in campaigns],
        "more": len(found) > SHOWN,
        "most": SHOWN,
        "zone": settings.LOYALTY_TIME_ZONE,
        "panels": [] if month.last < today else [_gaps(campaigns, month, today), _clashes(campaigns, month, today)],
    }
    return TemplateResponse(request, "campaigns/admin/calendar.html", context)


def _bar(campaign: Campaign, month: Month, at: datetime) -> Bar:
    first, last = days_of_buying(campaign, month) or (month.first, month.first)
    share = 100 / month.last.day
    return Bar(
        name=campaign.name,
        url=reverse("admin:campaigns_campaign_change", args=[campaign.pk]),
        badges=state_badges(campaign, at),
        window=window_line(campaign),
        style="paused" if was_paused(campaign) else state_of(campaign, at).value,
        start=(first.day - 1) * share,
        width=(last.day - first.day + 1) * share,
    )


def _gaps(campaigns: Sequence[Campaign], month: Month, today: date) -> Panel:
    found = months.gaps(campaigns, month, today)
    return Panel(
        _("Days on which nothing can be bought"),
        headers=[_("Days")],
        rows=[[days_line(days)] for days in found],
        empty=_("There are none: on each day some campaign is switched on and has stock."),
    )


def _clashes(campaigns: Sequence[Campaign], month: Month, today: date) -> Panel:
    found = months.clashes(campaigns, month, today)
    names = _names_of_groups(found)
    return Panel(
        _("The same kind of reward for the same customers on the same days"),
        headers=[_("Reward"), _("Campaigns"), _("For"), _("Days")],
        rows=[_line(clash, names) for clash in found],
        empty=_("No two campaigns offer the same kind of reward to the same customers at the same time."),
    )


def _line(clash: Clash, names: dict[object, str]) -> list[object]:
    rivals = [
        (link(rival.name, reverse("admin:campaigns_campaign_change", args=[rival.pk])),) for rival in clash.campaigns
    ]
    return [
        capfirst(Campaign.Reward(clash.reward).label),
        format_html("<span>{}</span>", format_html_join(", ", "{}", rivals)),
        ", ".join(names.get(group, _("a deleted group")) for group in clash.groups),
        "; ".join(days_line(days) for days in clash.days),
    ]


def _names_of_groups(found: Sequence[Clash]) -> dict[object, str]:
    ids = {group for clash in found for group in clash.groups}
    levels = Level.objects.filter(pk__in=ids).values_list("pk", "name")
    return {**dict(levels), **dict(Segment.objects.filter(pk__in=ids).values_list("pk", "name"))}


def days_line(days: Days) -> str:
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in days)
    return first if first == last else f"{first} – {last}"
