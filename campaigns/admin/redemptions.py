"""On the start page: rewards bought, used and refunded, of today, of a week and of 30 days, and the best campaigns."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.admin.addresses import purchases
from campaigns.models import Campaign
from campaigns.totals.asking import Sold, sold_in
from loyalty_site.backoffice.charts import Chart, Place, Series, draw
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import link
from loyalty_site.days import days_from
from points.admin.flow import incompleteness

PERIODS = (1, 7, 30)  # days, today included
LONGEST = PERIODS[-1]
BEST = 5
MOMENTS = {"bought": "purchased_at", "points": "purchased_at", "used": "used_at", "refunded": "refunded_at"}


def panels(request: HttpRequest, at: datetime) -> list[Panel]:
    """Both panels are of the same totals."""
    if not request.user.has_perm("campaigns.view_purchase"):
        return []
    sold = sold_in(LONGEST, at=at)
    return [_best(sold), _rewards(sold)]


def _rewards(sold: Sold) -> Panel:
    names = {"bought": _("Bought"), "points": _("Points paid"), "used": _("Used"), "refunded": _("Refunded")}
    return Panel(
        _("Rewards"),
        headers=[_("What"), _("Today"), _("7 days"), _("30 days")],
        rows=[[name, *(_cell(sold, figure, days) for days in PERIODS)] for figure, name in names.items()],
        drawn=draw(_by_day(sold)),
        links=[Link(_("Purchases"), reverse("admin:campaigns_purchase_changelist"))],
        note=incompleteness(sold.span.complete, sold.span.live_from),
        is_tally=True,
        is_wide=True,
    )


def _cell(sold: Sold, figure: str, days: int) -> SafeString:
    today = sold.span.today
    url = purchases(MOMENTS[figure], today - timedelta(days=days - 1), today)
    return link(grouped(sold.sum_of(figure, days)), url)


def _by_day(sold: Sold) -> Chart:
    days = list(days_from(sold.span.first, sold.span.today))
    found = [sold.by_day.get(day, {}) for day in days]
    return Chart(
        _("Rewards bought by day"),
        [
            Place(date_format(day, "j M"), date_format(day, "SHORT_DATE_FORMAT"), purchases("purchased_at", day, day))
            for day in days
        ],
        [Series(_("Bought"), "a", [figures.get("bought", 0) for figures in found])],
        _("Day"),
    )


def _best(sold: Sold) -> Panel:
    best = sold.best(BEST)
    names = dict(Campaign.objects.filter(pk__in=[pk for pk, _found in best]).values_list("pk", "name"))
    return Panel(
        _("Best campaigns, 30 days"),
        headers=[_("Campaign"), _("Bought"), _("Points paid")],
        rows=[
            [
                link(names[pk], reverse("admin:campaigns_campaign_change", args=[pk])),
                *(link(grouped(found[figure]), _of_campaign(sold, str(pk))) for figure in ("bought", "points")),
            ]
            for pk, found in best
        ],
        empty=_("Nothing was bought."),
        is_tally=True,
    )


def _of_campaign(sold: Sold, campaign_id: str) -> str:
    return purchases("purchased_at", sold.span.first, sold.span.today, campaign__id__exact=campaign_id)
