"""What the page of a bulk change says: how far it is, the figures, and what became of some rows of each kind."""

from collections.abc import Sequence

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
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
    for state, whys in ((State.KEPT, change.kept), (State.LEFT, change.left)):
        shown += [_rows(change, known, known.why(code, count), state, code) for code, count in whys.items()]
    shown += [_rows(change, known, _("Changed"), State.CHANGED), _rows(change, known, _("Restored"), State.RESTORED)]
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


def _rows(change: BulkChange, known: Action, title: str, state: str, why: str = "") -> Panel | None:
    rows = list(change.rows.filter(state=state, why=why).order_by("pk")[: SHOWN + 1])
    if not rows:
        return None
    headers = [capfirst(apps.get_model(known.model)._meta.verbose_name)]
    told: list[list[SafeString | str]] = [[named] for _row, named in _named(known, rows[:SHOWN])]
    if any(row.who for row in rows):
        headers.append(_("Changed since by"))
        told = [[*line, row.who] for line, row in zip(told, rows, strict=False)]
    more = _("%(title)s The first %(n)d are shown.") % {"title": title, "n": SHOWN}
    return Panel(more if len(rows) > SHOWN else title, headers=headers, rows=told)


def _named(known: Action, rows: Sequence[BulkRow]) -> list[tuple[BulkRow, SafeString | str]]:
    """Each under its name as it is now: names of people are not kept here."""
    model = apps.get_model(known.model)
    found = {str(one.pk): one for one in model._default_manager.filter(pk__in=[row.key for row in rows])}
    page = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return [
        (row, link(found[row.key], reverse(page, args=[quote(row.key)])) if row.key in found else _("deleted"))
        for row in rows
    ]
