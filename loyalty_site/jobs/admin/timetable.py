"""What the clock does: each entry of the schedule, how it went last, and when it is due again."""

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import link, moment
from loyalty_site.jobs import schedule
from loyalty_site.jobs.access import kinds_seen_by
from loyalty_site.jobs.admin.showing import state_badge, workers_alive
from loyalty_site.jobs.models import Job


def page(admin: ReadOnlyAdmin, request: HttpRequest) -> TemplateResponse:
    at = timezone.now()
    seen = kinds_seen_by(request.user)
    shown = [entry for entry in schedule.entries() if entry.kind.name in seen]
    last = _last_jobs([entry.kind.name for entry in shown])
    may_run = request.user.has_perm("jobs.change_job")
    rows = [
        [entry.kind.title, entry.when, _last(last.get(entry.kind.name)), moment(entry.next(at)), _run(entry, may_run)]
        for entry in shown
    ]
    headers = [_("What"), _("When"), _("Last time"), _("Next"), ""]
    workers = workers_alive(at)
    empty = _("Your rights do not reach to what the clock does.")
    told = [Panel(_("Timetable"), headers=headers, rows=rows, empty=empty)]
    if not workers:
        told.insert(0, Panel(_("No worker is running"), empty=_("Nothing on this list happens until one is started.")))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Timetable"),
        "opts": admin.opts,
        "panels": told,
    }
    return TemplateResponse(request, "jobs/timetable.html", context)


def _last_jobs(names: list[str]) -> dict[str, Job]:
    """The latest job of each kind: one probe of the index for each."""
    latest = (Job.objects.filter(kind=name).order_by("-created_at").first() for name in names)
    return {job.kind: job for job in latest if job}


def _last(job: Job | None) -> SafeString | str:
    if job is None:
        return _("not yet")
    page_of_job = reverse("admin:jobs_job_change", args=[job.pk])
    return format_html("{} {}", state_badge(job), link(moment(job.created_at), page_of_job))


def _run(entry: schedule.Entry, allowed: bool) -> SafeString | str:
    return link(_("Run now"), reverse("admin:jobs_job_run_now", args=[entry.kind.name])) if allowed else ""
