"""How a job goes on: how much, how fast, how long still."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from loyalty_site.jobs.models import Job


@dataclass(frozen=True)
class Progress:
    """What can be said of a job at one moment; None where nothing can."""

    done: int
    total: int | None
    percent: int | None
    rate: float | None  # of the job's unit, per second, since it was last begun
    left: timedelta | None


def progress_of(job: Job, *, at: datetime) -> Progress:
    """How far the job is. Its rate is that of the present attempt, so that a wait in between does not count."""
    percent = 100 * job.done // job.total if job.total else None
    rate = _rate(job, at)
    left = None
    if rate and job.total is not None and not job.is_finished:
        left = timedelta(seconds=round((job.total - job.done) / rate))
    return Progress(job.done, job.total, percent, rate, left)


def _rate(job: Job, at: datetime) -> float | None:
    if job.attempt_at is None:
        return None
    seconds = ((job.finished_at or job.stepped_at or at) - job.attempt_at).total_seconds()
    done = job.done - job.attempt_done
    return done / seconds if seconds > 0 and done > 0 else None
