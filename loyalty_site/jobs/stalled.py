"""Jobs whose worker died: found by its silence, and queued again where they stood."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from loyalty_site.access import audit
from loyalty_site.access.actors import SYSTEM
from loyalty_site.jobs.kinds import kinds
from loyalty_site.jobs.models import Job, Worker
from loyalty_site.jobs.queueing import place

MOST_STALLS = 5  # in a row without a single step: what kills every worker must not go on doing so
PAUSE = timedelta(seconds=2)  # for each stall in a row, before the next attempt

GAVE_UP = (
    "It stopped {stalls} times at the same place without saying why. What was done so far is kept. Ask whoever runs "
    "the server whether its workers are killed, by running out of memory for example, and then try again."
)
LEFT_BEHIND = "The worker died; the job has a new place in the queue."


def take_up(*, at: datetime) -> int:
    """Queue the jobs again whose worker is dead. Safe when several do so at once. Returns how many were taken up."""
    return sum(_take_up(job, at) for job in stalled(at))


def stalled(at: datetime) -> QuerySet[Job]:
    """Jobs that nobody is doing, though they look like it."""
    heard_after = at - settings.JOB_SILENCE
    queued = DBTaskResult.objects.filter(pk=OuterRef("task"))
    begun = queued.filter(status="RUNNING")
    alive = Worker.objects.filter(seen_at__gt=heard_after).values("pk")
    dropped = Q(state=Job.State.RUNNING) & (~Q(worker__in=alive) | ~Exists(begun))
    beginning = begun.filter(started_at__gt=heard_after)
    lost = Q(state=Job.State.WAITING) & ~Exists(queued.filter(status="READY")) & ~Exists(beginning)
    return Job.objects.filter(dropped | lost)


def _take_up(job: Job, at: datetime) -> bool:
    same = Job.objects.filter(pk=job.pk, state=job.state, attempt=job.attempt, task=job.task)
    if job.stalls >= MOST_STALLS or job.kind not in kinds():
        return _give_up(job, same, at)
    with transaction.atomic():
        again = place(job.pk, kinds()[job.kind].queue, after=at + PAUSE * job.stalls)
        if not same.update(state=Job.State.WAITING, worker="", task=again, stalls=job.stalls + 1):
            transaction.set_rollback(True)
            return False
        left = DBTaskResult.objects.filter(pk=job.task, status="RUNNING")
        left.update(status="FAILED", finished_at=at, traceback=LEFT_BEHIND)
    return True


def _give_up(job: Job, same: QuerySet[Job], at: datetime) -> bool:
    problem = GAVE_UP.format(stalls=job.stalls + 1)
    with transaction.atomic():
        given_up = bool(same.update(state=Job.State.FAILED, problem=problem, finished_at=at))
        if given_up and job.actor != SYSTEM:
            audit.record("job failed", job, actor=job.actor, at=at, after={"problem": problem})
    return given_up
