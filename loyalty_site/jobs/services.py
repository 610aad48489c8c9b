"""Asking for work, stopping it, and having it tried again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django_tasks_db.models import DBTaskResult

from loyalty_site.access import audit
from loyalty_site.access.actors import SYSTEM, Actor
from loyalty_site.database import fetch_one, insert, unit_of_work
from loyalty_site.jobs import files
from loyalty_site.jobs.errors import JobNotRetriable, JobNotStoppable
from loyalty_site.jobs.kinds import Kind, kind_of
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.queueing import place
from loyalty_site.source_texts import as_written


@unit_of_work
def enqueue(
    kind: Kind,
    arguments: Mapping[str, Any],
    *,
    title: str | Promise,
    actor: Actor,
    at: datetime,
    about: models.Model | None = None,
    inputs: Mapping[str, Iterable[bytes]] | None = None,
) -> Job:
    """Queue the work, in the caller's transaction: it is begun after that has been committed, or never.

    `about` is what it works on, `inputs` are files for it to read: name → content in pieces.
    """
    job = _new(kind, arguments, title=title, actor=actor, at=at, about=about)
    job.task = place(job.pk, kind.queue)
    job.save(force_insert=True)
    for name, content in (inputs or {}).items():
        files.store(job, name, content)
    _tell(job, at)
    return job


@unit_of_work
def enqueue_once(kind: Kind, *, key: str, due_at: datetime, at: datetime, actor: Actor = SYSTEM) -> Job | None:
    """Queue what is due at this moment; None where it has been, or is still being done from before."""
    job = _new(kind, {}, title=kind.title, actor=actor, at=at)
    job.key, job.due_at, job.task = key, due_at, uuid4()
    sql, params = insert(job)
    if fetch_one(f"{sql} ON CONFLICT DO NOTHING RETURNING id", params) is None:
        return None
    job.task = place(job.pk, kind.queue)
    Job.objects.filter(pk=job.pk).update(task=job.task)
    _tell(job, at)
    return job


@unit_of_work
def cancel(job: Job, *, actor: Actor, at: datetime) -> None:
    """Stop it: at once while it waits, after the step it is at while it runs. What has been done stays done.

    Raises JobNotStoppable when it has ended.
    """
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    if not (
        waiting.update(state=Job.State.CANCELLED, cancel_asked=True, finished_at=at)
        or running.update(cancel_asked=True)
    ):
        raise JobNotStoppable
    audit.record("job cancelled", job, actor=actor, at=at)


@unit_of_work
def retry(job: Job, *, actor: Actor, at: datetime) -> None:
    """Let it go on where it stopped. Raises JobNotRetriable, also while another one with its key is unfinished."""
    kind = kind_of(job)
    others = Job.objects.filter(key=OuterRef("key"), state__in=Job.UNFINISHED)
    stopped = Job.objects.filter(~Exists(others), pk=job.pk, state__in=Job.STOPPED)
    if not kind.retriable or not stopped.update(
        state=Job.State.WAITING,
        task=place(job.pk, kind.queue),
        cancel_asked=False,
        problem="",
        stalls=0,
        finished_at=None,
    ):
        raise JobNotRetriable
    audit.record("job tried again", job, actor=actor, at=at)


def purge(*, before: datetime, batch: int = 100) -> int:
    """Forget jobs that ended before then, with their files, and the queue's memory of them. Returns how many jobs."""
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    forgotten = 0
    while ended := list(Job.objects.filter(finished_at__lt=before).values_list("pk", flat=True)[:batch]):
        Job.objects.filter(pk__in=ended).delete()
        forgotten += len(ended)
    return forgotten


def _new(
    kind: Kind,
    arguments: Mapping[str, Any],
    *,
    title: str | Promise,
    actor: Actor,
    at: datetime,
    about: models.Model | None = None,
) -> Job:
    return Job(
        kind=kind.name,
        title=as_written(title)[:200],
        arguments=dict(arguments),
        actor_key=actor.key,
        actor_label=actor.label[:255],
        object_type="" if about is None else about._meta.model_name,
        object_id="" if about is None else str(about.pk),
        created_at=at,
    )


def _tell(job: Job, at: datetime) -> None:
    """The audit trail; what the clock asks for is told by the jobs themselves."""
    if job.actor != SYSTEM:
        audit.record("job started", job, actor=job.actor, at=at, after={"title": job.title, "kind": job.kind})
