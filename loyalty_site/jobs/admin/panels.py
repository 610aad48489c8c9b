"""What a job's page and the start page say of jobs."""

from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.theme import link
from loyalty_site.days import day_of, start_of
from loyalty_site.jobs.access import may_take_files, seen_by
from loyalty_site.jobs.admin.showing import progress_bar, workers_alive
from loyalty_site.jobs.kinds import kinds
from loyalty_site.jobs.models import Job

LOOKED_BACK = timedelta(days=6)  # and today


def of_job(request: HttpRequest, job: Job) -> list[Panel]:
    return [panel for panel in (_progress(job), _problem(job), _outcome(job), _files(request, job)) if panel]


def start(request: HttpRequest, at: datetime) -> Panel | None:
    """For the start page: what goes on, what failed, whether anybody works."""
    if not request.user.has_perm("jobs.view_job"):
        return None
    since = day_of(at) - LOOKED_BACK
    lately = Q(finished_at__isnull=True) | Q(finished_at__gte=start_of(since))
    unfinished_business = Job.objects.filter(lately, state__in=(*Job.UNFINISHED, *Job.STOPPED))  # named: by their index
    seen = seen_by(request.user, unfinished_business)
    counted = dict(seen.order_by().values_list("state").annotate(Count("pk")))
    jobs, workers = reverse("admin:jobs_job_changelist"), workers_alive(at)
    failed = f"{jobs}?state__exact=failed&finished_at_from={since.isoformat()}"
    figures = [
        Figure(_("Running"), counted.get(Job.State.RUNNING, 0), f"{jobs}?state__exact=running"),
        Figure(_("Waiting"), counted.get(Job.State.WAITING, 0), f"{jobs}?state__exact=waiting"),
        Figure(_("Failed in 7 days"), counted.get(Job.State.FAILED, 0), failed),
        Figure(_("Workers"), workers, note="" if workers else _("Jobs wait until one is started.")),
    ]
    is_urgent = bool(counted.get(Job.State.FAILED)) or not workers
    return Panel(_("Jobs"), figures=figures, links=[Link(_("Jobs"), jobs)], is_urgent=is_urgent)


def _progress(job: Job) -> Panel:
    kind = kinds().get(job.kind)
    follow_up = kind.follow_up(job) if kind and job.state == Job.State.DONE else None
    links = [Link(*follow_up)] if follow_up else []
    if job.attempt > 1:
        return Panel(_("Progress"), drawn=progress_bar(job), empty=_("Taken up again where it stood."), links=links)
    return Panel(_("Progress"), drawn=progress_bar(job), links=links)


def _problem(job: Job) -> Panel | None:
    return Panel(_("Why it failed"), empty=_(job.problem)) if job.problem else None


def _outcome(job: Job) -> Panel | None:
    rows = [[_(label), _shown(value)] for label, value in job.outcome.items()]
    return Panel(_("Outcome"), headers=[_("What"), _("How many")], rows=rows) if rows else None


def _files(request: HttpRequest, job: Job) -> Panel | None:
    kind = kinds().get(job.kind)
    found = list(job.files.filter(is_result=True).order_by("name"))
    if not found:
        return None
    if kind is None or not may_take_files(request.user, kind):
        return Panel(_("Files"), empty=_("Your rights do not reach to this job's files."))
    rows = [
        [link(file.name, reverse("admin:jobs_job_file", args=[job.pk, file.pk])), filesizeformat(file.size)]
        for file in found
    ]
    return Panel(_("Files"), headers=[_("File"), _("Size")], rows=rows)


def _shown(value: object) -> str:
    return intcomma(value) if isinstance(value, int) else str(value)
