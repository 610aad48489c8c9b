"""How a job looks: its badge, its bar, and what is said of its pace."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loyalty_site.backoffice.theme import badge
from loyalty_site.jobs.kinds import Kind, kinds
from loyalty_site.jobs.models import Job, Worker
from loyalty_site.jobs.progress import Progress, progress_of

TONES = {
    Job.State.WAITING: "",
    Job.State.RUNNING: "info",
    Job.State.DONE: "success",
    Job.State.FAILED: "danger",
    Job.State.CANCELLED: "warning",
}


def state_badge(job: Job) -> SafeString:
    if job.cancel_asked and not job.is_finished:
        return badge(_("stopping"), "warning")
    return badge(job.get_state_display(), TONES[Job.State(job.state)])


def progress_bar(job: Job) -> SafeString:
    """The badge, a bar and a sentence; a script of ours asks for them anew while the job goes on."""
    told = progress_of(job, at=timezone.now())
    context = {
        "job": job,
        "badge": state_badge(job),
        "told": told,
        "sentence": sentence(job, told),
        "url": reverse("admin:jobs_job_progress", args=[job.pk]),
    }
    return render_to_string("jobs/progress.html", context)


def sentence(job: Job, told: Progress) -> str:
    """As “25,000 of 100,000 coupons · 12,400 a second · about 6 seconds left”."""
    if job.state == Job.State.WAITING:
        return _("Waits for its turn.") if workers_alive(timezone.now()) else _("Waits: no worker is running.")
    parts = [_amount(job, told)]
    if told.rate and not job.is_finished:
        parts.append(_pace(told.rate))
    if told.left is not None:
        parts.append(_("about %(time)s left") % {"time": in_words(told.left)})
    if job.is_finished and job.started_at:
        parts.append(_("took %(time)s") % {"time": in_words(job.finished_at - job.started_at)})
    return " · ".join(part for part in parts if part)


def in_words(length: timedelta) -> str:
    """A length of time, roughly: seconds below two minutes, minutes below two hours, then hours."""
    seconds = max(1, round(length.total_seconds()))
    if seconds < 120:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < 7200:
        return _("%(n)d minutes") % {"n": round(seconds / 60)}
    return _("%(n)d hours") % {"n": round(seconds / 3600)}


def workers_alive(at: datetime) -> int:
    """Processes that work: each has a row for every queue."""
    seen = Worker.objects.filter(seen_at__gt=at - settings.JOB_SILENCE)
    return seen.order_by().values("place").distinct().count()


def _amount(job: Job, told: Progress) -> str:
    kind: Kind | None = kinds().get(job.kind)
    if kind is None or not kind.unit:
        return ""
    facts = {"done": intcomma(told.done), "total": intcomma(told.total or 0), "unit": kind.unit}
    return _("%(done)s of %(total)s %(unit)s") % facts if told.total else _("%(done)s %(unit)s") % facts


def _pace(rate: float) -> str:
    if rate >= 1:
        return _("%(rate)s a second") % {"rate": intcomma(round(rate))}
    return _("%(rate)s a minute") % {"rate": intcomma(round(rate * 60))}
