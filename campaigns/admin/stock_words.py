"""What is said of a campaign's stock: how fast it goes, and when it runs out."""

from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import stock
from campaigns.forecast import Forecast, Outlook
from campaigns.models import Campaign
from campaigns.stock_figures import LOOKED_BACK, SEEN, Figures
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.theme import day, moment


def pace_line(told: Forecast) -> str:
    """How many are sold on a day."""
    if told.per_day is None:
        return "–"
    decimals = 0 if told.per_day == 0 or told.per_day >= 10 else 1
    return _("%(n)s a day") % {"n": number_format(told.per_day, decimals, force_grouping=True)}


def pace_note(figures: Figures, at: datetime) -> str:
    """What the pace is told from."""
    names = {"n": grouped(figures.lately)}
    if figures.lately >= SEEN:
        return _("the latest %(n)s sales, since %(moment)s") % (names | {"moment": moment(figures.since or at)})
    if figures.since and figures.since > at - LOOKED_BACK:
        return _("%(n)s sold since %(moment)s") % (names | {"moment": moment(figures.since)})
    return _("%(n)s sold in the last 7 days") % names


def forecast_line(told: Forecast, campaign: Campaign) -> str:
    """When it runs out, in a few words."""
    if told.outlook == Outlook.RUNS_OUT:
        return _days_left(told)
    if told.outlook == Outlook.LASTS:
        return _("Lasts until the end, %(day)s") % {"day": day(campaign.active_to)}
    return {
        Outlook.ENDLESS: _("Does not run out"),
        Outlook.EMPTY: _("Sold out"),
        Outlook.TOO_LITTLE_KNOWN: _("Too little sold to tell"),
        Outlook.NOT_IN_SIGHT: _("Not in sight"),
    }[told.outlook]


def short_forecast(told: Forecast, campaign: Campaign) -> str:
    """For a list: what asks for something to be done, or to be left alone."""
    if told.outlook == Outlook.RUNS_OUT:
        days = int(told.days_left)
        names = {"n": days, "day": day(told.out_at)}
        lasts = ngettext("About %(n)d day left, until %(day)s", "About %(n)d days left, until %(day)s", days)
        return lasts % names if days else _days_left(told)
    return _("Lasts until the end") if told.outlook == Outlook.LASTS else ""


def forecast_note(told: Forecast, campaign: Campaign, at: datetime) -> str:
    """Why, and how sure that is."""
    if told.outlook == Outlook.LASTS:
        days = (campaign.active_to - at) / timedelta(days=1)
        spare = max(0, round(stock.left(campaign) - days * told.per_day))
        return _("about %(n)s will be left over") % {"n": grouped(spare)}
    return {
        Outlook.RUNS_OUT: _("until %(day)s, if it goes on as it did lately") % {"day": day(told.out_at or at)},
        Outlook.TOO_LITTLE_KNOWN: _("it takes half a day and five sales"),
        Outlook.NOT_IN_SIGHT: _("none was sold lately") if not told.per_day else _("more than a year at this pace"),
    }.get(told.outlook, "")


def _days_left(told: Forecast) -> str:
    days = int(told.days_left)
    if days < 1:
        return _("Less than a day left")
    return ngettext("About %(n)d day left", "About %(n)d days left", days) % {"n": days}
