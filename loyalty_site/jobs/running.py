"""Doing a job, step by step.

Who does it is decided by the row: a worker claims it with a new number of the attempt, and every step is kept only
where the row still bears that number. A worker that was thought dead and comes back can keep nothing.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from loyalty_site.access import audit, origins
from loyalty_site.access.actors import SYSTEM
from loyalty_site.database import on_postgresql
from loyalty_site.jobs.errors import CannotGoOn, TakenOver
from loyalty_site.jobs.kinds import Kind, Step, kind_of
from loyalty_site.jobs.models import Job
from loyalty_site.outages import is_outage, retried

log = logging.getLogger(__name__)

stopping = Event()  # set while this process is asked to end: jobs are handed back between two steps

UNEXPECTED = (
    "Something went wrong that was not foreseen ({name}). What was done so far is kept. Try again; if that does not "
    "help, ask whoever runs the server to look at the log for job {job}."
)


@dataclass(frozen=True)
class Hold:
    """A worker's hold on a job."""

    job: UUID | str
    attempt: int

    def keep(self, **changes: Any) -> None:
        """Write to the job's row. Raises TakenOver where another worker has it."""
        held = Job.objects.filter(pk=self.job, attempt=self.attempt, state=Job.State.RUNNING)
        if not held.update(**changes):
            raise TakenOver


def run(job_id: UUID | str, *, task: UUID | str, worker: str) -> Hold | None:
    """Do the job until it ends, or this process is asked to: then the hold is returned, to be handed back.

    Nothing to do where this is not the job's place in the queue. Raises what says that the database is away: the job
    is taken up again when this is noticed.
    """
    waiting = Job.objects.filter(pk=job_id, task=task, state=Job.State.WAITING)
    at = timezone.now()
    claimed = waiting.update(
        state=Job.State.RUNNING,
        attempt=F("attempt") + 1,
        attempt_at=at,
        attempt_done=F("done"),
        started_at=Coalesce("started_at", at),
        worker=worker,
    )
    if not claimed:
        return None
    job = Job.objects.get(pk=job_id)
    hold = Hold(job.pk, job.attempt)
    try:
        with origins.coming_from(origins.Origin(batch=f"job:{job.pk}")):
            return None if _ended(hold, job) else hold
    except TakenOver:
        log.warning("Job %s is done by another worker by now", job.pk)
        return None


def _ended(hold: Hold, job: Job) -> bool:
    """Go on with it; whether that is the end of it."""
    try:
        kind = kind_of(job)
        while not job.is_finished:
            if stopping.is_set():
                return False
            job = retried(lambda: _step(hold, kind))
            _let_others_write()
    except TakenOver:
        raise
    except CannotGoOn as refusal:
        _fail(hold, str(refusal.because))
    except Exception as error:
        if is_outage(error):
            raise
        log.exception("Job %s (%s) failed", job.pk, job.kind)
        _fail(hold, UNEXPECTED.format(name=type(error).__name__, job=job.pk))
    return True


def _let_others_write() -> None:
    """SQLite has one writer, and who waits looks but ten times a second: without a pause all would wait in vain."""
    if not on_postgresql():
        stopping.wait(settings.JOB_PAUSE_ON_SQLITE.total_seconds())


def _step(hold: Hold, kind: Kind) -> Job:
    """One step, kept with all it did or not at all. Returns the job after it."""
    if kind.alone:
        job = Job.objects.get(pk=hold.job)
        made = None if job.cancel_asked else kind.step(job, at=timezone.now())
        with transaction.atomic(durable=True):
            return _kept(hold, job, made, at=timezone.now())
    with transaction.atomic(durable=True):
        job, at = Job.objects.get(pk=hold.job), timezone.now()
        return _kept(hold, job, None if job.cancel_asked else kind.step(job, at=at), at=at)


def _kept(hold: Hold, job: Job, made: Step | None, *, at: datetime) -> Job:
    if made is None:
        job.state, job.finished_at = Job.State.CANCELLED, at
        hold.keep(state=job.state, finished_at=at)
        return job
    progress = {
        "done": made.done,
        "total": made.total if made.total is not None else job.total,
        "checkpoint": dict(made.checkpoint),
        "outcome": dict(made.outcome) or job.outcome,
        "stepped_at": at,
        "stalls": 0,
    }
    if made.finished:
        progress |= {"state": Job.State.DONE, "finished_at": at}
    hold.keep(**progress)
    for name, value in progress.items():
        setattr(job, name, value)
    if made.finished and job.actor != SYSTEM:
        audit.record("job done", job, actor=job.actor, at=at, after=job.outcome)
    return job


def _fail(hold: Hold, problem: str) -> None:
    at = timezone.now()
    with transaction.atomic(durable=True):
        hold.keep(state=Job.State.FAILED, problem=problem, finished_at=at)
        job = Job.objects.get(pk=hold.job)
        if job.actor != SYSTEM:
            audit.record("job failed", job, actor=job.actor, at=at, after={"problem": problem})
