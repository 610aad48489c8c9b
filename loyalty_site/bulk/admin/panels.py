"""What the page of a bulk change says: how far it is, the figures, and what became of some rows of each kind."""

from collections.abc import Sequence

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import link
from loyalty_site.bulk.actions import Action
from loyalty_site.bulk.models import BulkChange, BulkRow
from loyalty_site.jobs.admin.showing import progress_bar

SHOWN = 50  # rows of each kind
State = BulkRow.State
TRAIL = "admin:access_auditentry_changelist"


def of_change(request: HttpRequest, site: AdminSite, change: BulkChange) -> list[Panel]:
    known = change.known_action
    shown = [_progress(request, change), _figures(request, change)]
    if known is None or change.forgotten:
        return [panel for panel in shown if panel]
    shown += [
        _rows(change, known, _("Could not be restored"), State.KEPT, change.kept),
        _rows(change, known, _("Left as they were"), State.LEFT, change.left),
        _rows(change, known, _("Changed"), State.CHANGED, {}),
        _rows(change, known, _("Restored"), State.RESTORED, {}),
    ]
    return [panel for panel in shown if panel]


def stopped(change: BulkChange) -> str:
    return _("%(what)s: stopped") % {"what": change.get_state_display()}


def _progress(request: HttpRequest, change: BulkChange) -> Panel | None:
    job = change.current_job
    if job is None or not request.user.has_perm("jobs.view_job"):
        return None
    page = Link(_("Job"), reverse("admin:jobs_job_change", args=[job.pk]))
    return Panel(_("Progress"), drawn=progress_bar(job), empty=job.problem, links=[page])


def _figures(request: HttpRequest, change: BulkChange) -> Panel:
    links = []
    if request.user.has_perm("access.view_auditentry"):
        links.append(Link(_("In the audit trail"), f"{reverse(TRAIL)}?batch={change.batch}"))
    figures = [
        Figure(_("Changed"), grouped(change.changed)),
        Figure(_("Left as they were"), grouped(sum(change.left.values()))),
    ]
    if change.undone_at:
        figures += [
            Figure(_("Restored"), grouped(change.restored)),
            Figure(_("Could not be restored"), grouped(sum(change.kept.values()))),
        ]
    return Panel(str(change), figures=figures, links=links)


def _rows(change: BulkChange, known: Action, title: str, state: str, whys: dict[str, int]) -> Panel | None:
    rows = list(change.rows.filter(state=state).order_by("pk")[: SHOWN + 1])
    if not rows:
        return None
    told = [[link_, _why(known, row)] if whys else [link_] for row, link_ in _named(known, rows[:SHOWN])]
    headers = [apps.get_model(known.model)._meta.verbose_name, _("why")] if whys else [_("name")]
    more = _("The first %(n)d are shown.") % {"n": SHOWN} if len(rows) > SHOWN else ""
    sentences = " ".join(known.why(code, count) for code, count in whys.items())
    return Panel(title, headers=[header.capitalize() for header in headers], rows=told, drawn=f"{sentences} {more}")


def _named(known: Action, rows: Sequence[BulkRow]) -> list[tuple[BulkRow, SafeString | str]]:
    """Each under its name as it is now: names of people are not kept here."""
    model = apps.get_model(known.model)
    found = {str(one.pk): one for one in model._default_manager.filter(pk__in=[row.key for row in rows])}
    page = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return [
        (row, link(found[row.key], reverse(page, args=[quote(row.key)])) if row.key in found else _("deleted"))
        for row in rows
    ]


def _why(known: Action, row: BulkRow) -> str:
    if row.who:
        return _("%(who)s has changed it since") % {"who": row.who}
    return known.why(row.why, 1)
