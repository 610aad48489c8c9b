"""What is asked before a job is stopped, tried again or begun out of turn."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.errors import DomainError
from loyalty_site.jobs import schedule, services
from loyalty_site.jobs.errors import AlreadyRunning
from loyalty_site.jobs.kinds import kinds
from loyalty_site.jobs.models import Job


def cancelling(request: HttpRequest, job: Job) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.cancel(job, actor=actor_of(request), at=timezone.now())
        return _("“%(job)s” stops after the piece it is at.") % {"job": job}

    return Decision(
        title=_("Stop “%(job)s”") % {"job": job},
        explanation=_("What has been done so far stays done. You can let it go on later."),
        button=_("Stop"),
        act=act,
        refused=lambda refusal: _("It has ended before."),
        back=_page(job),
        dangerous=True,
    )


def retrying(request: HttpRequest, job: Job) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.retry(job, actor=actor_of(request), at=timezone.now())
        return _("“%(job)s” goes on.") % {"job": job}

    return Decision(
        title=_("Try “%(job)s” again") % {"job": job},
        explanation=_("It goes on where it stopped; nothing is done twice."),
        button=_("Try again"),
        act=act,
        refused=lambda refusal: _("It is going on already, or has been done, or another one does the same right now."),
        back=_page(job),
    )


def running_now(request: HttpRequest, name: str) -> Decision:
    kind = kinds()[name]

    def act(data: dict[str, Any]) -> str:
        at = timezone.now()
        if services.enqueue_once(kind, key=schedule.key_of(kind), due_at=at, at=at, actor=actor_of(request)) is None:
            raise AlreadyRunning
        return _("“%(job)s” has been queued.") % {"job": kind.title}

    def refused(refusal: DomainError) -> str:
        return _("It is waiting or running already: see the list of jobs.")

    return Decision(
        title=_("Run “%(job)s” now") % {"job": kind.title},
        explanation=_("It runs besides at its usual time."),
        button=_("Run now"),
        act=act,
        refused=refused,
        back=reverse("admin:jobs_job_timetable"),
    )


def _page(job: Job) -> str:
    return reverse("admin:jobs_job_change", args=[job.pk])
