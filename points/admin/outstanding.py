"""On the start page: the points that customers can still spend, by when they were earned and when they expire."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loyalty_site.backoffice.charts import Chart, Place, Series, draw
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import link, moment
from loyalty_site.days import day_of
from points.admin.addresses import last_days, ledger
from points.models import Outstanding

By = Outstanding.By


def panels(request: HttpRequest, at: datetime) -> list[Panel]:
    """What is owed by last day, and by age."""
    if not request.user.has_perm("points.view_bucket"):
        return []
    rows = list(Outstanding.objects.all())
    if not rows:
        return [Panel(_("Points outstanding"), empty=_never_measured())]
    return [_by_last_day(rows), _by_age(rows)]


def _never_measured() -> str:
    return _(
        "Nobody has counted the points that customers can still spend. A worker does it every hour; "
        "make sure that one is running."
    )


def _by_last_day(rows: Sequence[Outstanding]) -> Panel:
    months = [row for row in rows if row.by == By.EXPIRY]
    total, soonest = sum(row.points for row in months), months[0]
    places = [Place(_month(row), _month_in_full(row), last_days(row.first, row.last)) for row in months]
    chart = Chart(
        _("Points by the month in which they expire"),
        places,
        [Series(_("Points"), "c", [row.points for row in months])],
        _("Month"),
    )
    return Panel(
        _("Points outstanding"),
        note=as_of(soonest),
        figures=[
            Figure(_("Can be spent"), total, last_days(soonest.first)),
            Figure(_("Expire this month"), soonest.points, last_days(soonest.first, soonest.last)),
            Figure(_("Expire next month"), months[1].points, last_days(months[1].first, months[1].last)),
        ],
        drawn=draw(chart),
        links=[Link(_("Last days"), last_days())],
    )


def _by_age(rows: Sequence[Outstanding]) -> Panel:
    """The youngest first. What was given back to a bucket has no age of its own there."""
    ages = sorted((row for row in rows if row.by == By.AGE), key=lambda row: row.last, reverse=True)
    lines = [[_span(row), _left(row)] for row in ages]
    given_back = next(row for row in rows if row.by == By.GIVEN_BACK)
    if given_back.points:
        lines.append(
            [_("Given back, with a new last day"), link(grouped(given_back.points), last_days(given_back="yes"))]
        )
    return Panel(
        _("Points outstanding by age"),
        note=_("Counted from the day on which they were earned. Of points that expire together the oldest go first."),
        headers=[_("Earned"), _("Can be spent")],
        rows=lines,
        is_tally=True,
    )


def as_of(row: Outstanding) -> str:
    return _("As of %(moment)s.") % {"moment": moment(row.taken_at)}


def _left(row: Outstanding) -> SafeString:
    return link(grouped(row.points), ledger(row.first, row.last, left="yes"))


def _span(row: Outstanding) -> str:
    """How long before the day of counting."""
    today = day_of(row.taken_at)
    newest = (today - row.last).days
    if row.first is None:
        return _("%(days)d days ago and before") % {"days": newest}
    oldest = (today - row.first).days
    if not newest:
        return _("In the last %(days)d days") % {"days": oldest + 1}
    return _("%(newest)d to %(oldest)d days ago") % {"newest": newest, "oldest": oldest}


def _month(row: Outstanding) -> str:
    return date_format(row.first, "M") if row.last else _("later")


def _month_in_full(row: Outstanding) -> str:
    month = date_format(row.first, "F Y")
    return month if row.last else _("%(month)s and later") % {"month": month}
