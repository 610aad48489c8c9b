"""A job's place in the queue. The queue holds one kind of task, which runs one job."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from loyalty_site.jobs import running
from loyalty_site.jobs.models import Job


@task(takes_context=True)
def run_job(context: TaskContext, job: str) -> None:
    """Run the job, if this is its place in the queue, until it ends or this process is asked to."""
    result = context.task_result
    hold = running.run(job, task=result.id, worker=result.worker_ids[-1])
    if hold is not None:
        _hand_back(hold, result.task.queue_name)


def place(job: UUID | str, queue: str, *, after: datetime | None = None) -> UUID:
    """Queue the job, in the caller's transaction; its row must be told the place. Returns the place."""
    return UUID(run_job.using(queue_name=queue, run_after=after).enqueue(str(job)).id)


def _hand_back(hold: running.Hold, queue: str) -> None:
    """For another worker to go on with."""
    with transaction.atomic(durable=True):
        hold.keep(state=Job.State.WAITING, worker="", task=place(hold.job, queue, after=timezone.now()))
