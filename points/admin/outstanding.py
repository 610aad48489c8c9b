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


def panel(request: HttpRequest, at: datetime) -> Panel | None:
    """As the clock has counted them last."""
    if not request.user.has_perm("points.view_bucket"):
        return None
    rows = list(Outstanding.objects.all())
    if not rows:
        return Panel(_("Points outstanding"), empty=_never_counted())
    months = [row for row in rows if row.by == By.EXPIRY]
    return Panel(
        _("Points outstanding"),
        note=_as_of(rows[0]),
        figures=_figures(months),
        drawn=draw(_by_month(months)),
        headers=[_("Earned"), _("Can be spent")],
        rows=_by_age(rows),
        links=[Link(_("Last days"), last_days())],
        is_tally=True,
        is_wide=True,
    )


def _never_counted() -> str:
    return _(
        "Nobody has counted the points that customers can still spend. A worker does it every hour; "
        "make sure that one is running."
    )


def _figures(months: Sequence[Outstanding]) -> list[Figure]:
    this, following = months[:2]
    return [
        Figure(_("Can be spent"), sum(row.points for row in months), last_days(this.first)),
        Figure(_("Expire this month"), this.points, last_days(this.first, this.last)),
        Figure(_("Expire next month"), following.points, last_days(following.first, following.last)),
    ]


def _by_month(months: Sequence[Outstanding]) -> Chart:
    return Chart(
        _("Points by the month in which they expire"),
        [Place(_month(row), _month_in_full(row), last_days(row.first, row.last)) for row in months],
        [Series(_("Points that expire in the month"), "c", [row.points for row in months])],
        _("Month"),
    )


def _by_age(rows: Sequence[Outstanding]) -> list[list[object]]:
    """The youngest first. What was given back to a bucket has no age of its own there."""
    ages = sorted((row for row in rows if row.by == By.AGE), key=lambda row: row.last, reverse=True)
    lines: list[list[object]] = [[_span(row), _left(row)] for row in ages]
    given_back = next(row for row in rows if row.by == By.GIVEN_BACK)
    if given_back.points:
        url = last_days(given_back="yes")
        lines.append([_("Given back, with a new last day"), link(grouped(given_back.points), url)])
    return lines


def _as_of(row: Outstanding) -> str:
    return _("As of %(moment)s. Of points that expire together, the oldest are taken to be spent first.") % {
        "moment": moment(row.taken_at)
    }


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
