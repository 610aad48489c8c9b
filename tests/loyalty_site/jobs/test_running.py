"""A job is done in steps; each is kept with all it did, or not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django_tasks_db.models import DBTaskResult

from loyalty_site.access.models import AuditEntry
from loyalty_site.database import on_postgresql
from loyalty_site.jobs import kinds, running
from loyalty_site.jobs.errors import JobNotRetriable, JobNotStoppable
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import cancel, retry
from tests.jobs import ALONE, AT, COUNT, FINAL, STAFF, counting, work_off, written

pytestmark = pytest.mark.django_db


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("kind", [COUNT, ALONE])
def test_a_job_is_done_to_its_end(kind):
    job = counting(3, kind)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.outcome) == ("done", 3, 3, {"Numbers": 3})
    assert (written(job), job.attempt, job.problem) == ("1\n2\n3\n", 1, "")
    assert job.started_at <= job.stepped_at == job.finished_at


def test_others_may_write_between_two_steps_on_sqlite(settings, monkeypatch):
    settings.JOB_PAUSE_ON_SQLITE = timedelta(milliseconds=150)
    pauses = []
    monkeypatch.setattr(running.stopping, "wait", pauses.append)
    counting(3)
    work_off()
    assert pauses == ([] if on_postgresql() else [0.15] * 3)


def test_what_is_rolled_back_is_never_begun():
    with transaction.atomic():
        counting()
        transaction.set_rollback(True)
    work_off()
    assert (Job.objects.count(), DBTaskResult.objects.count(), audited()) == (0, 0, [])


def test_what_the_audit_trail_says_of_a_job_bears_its_name():
    job = counting(1)
    work_off()
    done = AuditEntry.objects.get(action="job done")
    assert (done.batch, done.address) == (f"job:{job.pk}", None)


def test_a_step_that_breaks_leaves_the_steps_before_it():
    job = counting(5, break_at=3)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, written(job)) == ("failed", 2, "1\n2\n")
    assert job.problem.startswith("Something went wrong that was not foreseen (ZeroDivisionError).")
    assert str(job.pk) in job.problem


def test_a_step_that_refuses_says_why():
    job = counting(5, refuse_at=2)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.problem, written(job)) == ("failed", "Number 2 is not allowed.", "1\n")
    assert audited() == ["job started", "job failed"]


def test_a_failed_job_goes_on_where_it_stopped():
    job = counting(4, break_at=3)
    work_off()
    Job.objects.filter(pk=job.pk).update(arguments={"last": 4})
    retry(job, actor=STAFF, at=AT)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, written(job), job.attempt) == ("done", 4, "1\n2\n3\n4\n", 2)
    assert (job.attempt_done, job.problem) == (2, "")
    assert audited() == ["job started", "job failed", "job tried again", "job done"]


def test_a_done_job_is_not_tried_again():
    job = counting(1)
    work_off()
    with pytest.raises(JobNotRetriable), transaction.atomic():
        retry(job, actor=STAFF, at=AT)
    work_off()
    assert written(job) == "1\n"
    assert DBTaskResult.objects.count() == 1


def test_a_kind_may_rule_out_another_try():
    job = counting(2, FINAL, break_at=1)
    work_off()
    with pytest.raises(JobNotRetriable), transaction.atomic():
        retry(job, actor=STAFF, at=AT)
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_waiting_job_is_cancelled_at_once():
    job = counting()
    cancel(job, actor=STAFF, at=AT)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.finished_at, written(job), job.attempt) == ("cancelled", AT, "", 0)
    assert audited() == ["job started", "job cancelled"]


def test_a_running_job_is_cancelled_after_its_step(monkeypatch):
    job = counting(5)
    keep = running._kept

    def cancelled_meanwhile(hold, found, made, *, at):
        kept = keep(hold, found, made, at=at)
        if kept.done == 2 and kept.state == "running":
            cancel(job, actor=STAFF, at=AT)
        return kept

    monkeypatch.setattr(running, "_kept", cancelled_meanwhile)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, written(job)) == ("cancelled", 2, "1\n2\n")


def test_a_job_that_has_ended_is_not_cancelled():
    job = counting(1)
    work_off()
    with pytest.raises(JobNotStoppable), transaction.atomic():
        cancel(job, actor=STAFF, at=AT)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == ("done", False)


def test_a_worker_that_was_thought_dead_keeps_nothing(monkeypatch):
    """Between the step and its end another worker takes the job up: the number of the attempt is no more its own."""
    job = counting(3)
    step = COUNT.step

    def taken_over(found, *, at):
        made = step(found, at=at)
        if made.done == 2:
            Job.objects.filter(pk=job.pk).update(attempt=7)
        return made

    stale = kinds.Kind(COUNT.name, COUNT.title, taken_over, COUNT.permission)
    monkeypatch.setattr(running, "kind_of", lambda found: stale)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 1)
    assert written(job) == "1\n"


def test_a_job_is_not_begun_from_a_place_in_the_queue_that_is_not_its_own():
    job = counting(2)
    Job.objects.filter(pk=job.pk).update(task="00000000-0000-0000-0000-000000000001")
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempt, written(job)) == ("waiting", 0, "")


def test_a_process_that_is_asked_to_end_hands_its_job_back(monkeypatch):
    job = counting(3)
    keep = running._kept

    def asked_to_end(hold, found, made, *, at):
        if made.done == 2:
            running.stopping.set()
        return keep(hold, found, made, at=at)

    monkeypatch.setattr(running, "_kept", asked_to_end)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.worker, written(job)) == ("waiting", 2, "", "1\n2\n")
    running.stopping.clear()
    monkeypatch.undo()
    work_off()
    job.refresh_from_db()
    assert (job.state, written(job), job.attempt, job.stalls) == ("done", "1\n2\n3\n", 2, 0)


def test_an_outage_is_not_the_jobs_failure(monkeypatch):
    job = counting(3)

    def away(found, *, at):
        raise OperationalError

    monkeypatch.setattr(running, "kind_of", lambda found: kinds.Kind("tests.count", "", away, ""))
    work_off()
    job.refresh_from_db()
    assert (job.state, job.problem) == ("running", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "asleep"},
        {"state": "done"},
        {"state": "waiting", "finished_at": AT},
        {"done": -1},
        {"done": 4, "total": 3},
    ],
)
def test_the_database_refuses_what_a_job_cannot_be(wrong):
    job = counting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)
    job.refresh_from_db()
    assert (job.state, job.done, job.finished_at) == ("waiting", 0, None)
