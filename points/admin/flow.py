"""On the start page: points in and out, of today, of a week and of 30 days, and day by day."""

from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from loyalty_site.backoffice.charts import Chart, Place, Series, draw
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import link
from loyalty_site.days import days_from
from points.admin.addresses import ledger
from points.models import Transfer
from points.totals.asking import INCOMING, OUTGOING, Moved, moved_in

PERIODS = (1, 7, 30)  # days, today included
LONGEST = PERIODS[-1]
TONES = {"earn": "a", "reverse": "b", "spend": "c", "expire": "d", "deduct": "e", "cancel": "f"}


def panels(request: HttpRequest, at: datetime) -> list[Panel]:
    """Both panels are of the same totals."""
    if not request.user.has_perm("points.view_transfer"):
        return []
    moved = moved_in(LONGEST, at=at)
    return [_flow(moved), _channels(moved)]


def _flow(moved: Moved) -> Panel:
    rows = []
    for name, direction, kinds in ((_("Points in"), "in", INCOMING), (_("Points out"), "out", OUTGOING)):
        rows.append([format_html("<strong>{}</strong>", name), *_cells(moved, kinds, direction=direction)])
        happened = [kind for kind in kinds if moved.points(kinds=(kind,))]
        rows += [[part_of(capfirst(kind.label)), *_cells(moved, (kind,), kind__exact=kind.value)] for kind in happened]
    return Panel(
        _("Points in and out"),
        headers=[_("What"), _("Today"), _("7 days"), _("30 days")],
        rows=rows,
        drawn=draw(_by_day(moved)),
        links=[Link(_("Ledger"), ledger())],
        note=incompleteness(moved.span.complete, moved.span.live_from),
        is_tally=True,
        is_wide=True,
    )


def part_of(name: str) -> SafeString:
    """The name of a line that is part of the one above."""
    return format_html('<span class="backoffice-part">{}</span>', name)


def incompleteness(complete: bool, live_from: date) -> str:
    """What to say where the clock has not counted all the days before that one."""
    if complete:
        return ""
    day = date_format(live_from, "SHORT_DATE_FORMAT")
    return _(
        "The days before %(day)s are not all counted yet, so the figures of more than one day may be too low. "
        "A worker counts them every hour; make sure that one is running."
    ) % {"day": day}


def _channels(moved: Moved) -> Panel:
    """Where points came from, and where they went."""
    first, today = moved.span.first, moved.span.today
    rows = [
        [
            capfirst(channel.label),
            *(
                link(
                    grouped(moved.points(kinds=kinds, channel=channel)),
                    ledger(first, today, direction=direction, channel__exact=channel.value),
                )
                for direction, kinds in (("in", INCOMING), ("out", OUTGOING))
            ),
        ]
        for channel in Transfer.Channel
        if moved.points(channel=channel)
    ]
    return Panel(
        _("Points by channel, 30 days"),
        headers=[_("Channel"), _("Points in"), _("Points out")],
        rows=rows,
        empty=_("No points have moved."),
        is_tally=True,
    )


def _cells(moved: Moved, kinds: tuple[str, ...], **chosen: str) -> list[SafeString]:
    today = moved.span.today
    return [
        link(
            grouped(moved.points(kinds=kinds, days=days)),
            ledger(today - timedelta(days=days - 1), today, **chosen),
        )
        for days in PERIODS
    ]


def _by_day(moved: Moved) -> Chart:
    """Above the line what came in, below it what went out."""
    days = list(days_from(moved.span.first, moved.span.today))
    series = []
    for kind in (*INCOMING, *OUTGOING):
        found = moved.by_day(kind)
        if found or kind in (Transfer.Kind.EARN, Transfer.Kind.SPEND):
            series.append(Series(capfirst(kind.label), TONES[kind], [found.get(day, 0) for day in days]))
    places = [Place(date_format(day, "j M"), date_format(day, "SHORT_DATE_FORMAT"), ledger(day, day)) for day in days]
    return Chart(_("Points in and out by day"), places, series, _("Day"))
