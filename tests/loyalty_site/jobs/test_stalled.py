"""What a dead worker leaves is queued again, once, and not for ever."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from loyalty_site.access.models import AuditEntry
from loyalty_site.jobs import stalled
from loyalty_site.jobs.models import Job, Worker
from tests.bursts import burst
from tests.jobs import AT, counting, work_off, written

SILENCE = timedelta(seconds=30)


def begun(last: int = 3, *, done: int = 0, seen=AT) -> Job:
    """A job as a worker left it that was seen then for the last time."""
    job = counting(last)
    Worker.objects.create(id="w", place="here", started_at=AT, seen_at=seen)
    DBTaskResult.objects.filter(pk=job.task).update(status="RUNNING", started_at=AT, worker_ids=["w"])
    Job.objects.filter(pk=job.pk).update(
        state="running", worker="w", attempt=1, attempt_at=AT, started_at=AT, done=done, checkpoint={"number": done}
    )
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_the_job_of_a_silent_worker_goes_on_where_it_stood():
    job = begun(3, done=1)
    assert stalled.take_up(at=AT + SILENCE) == 1
    work_off()
    left, again = job.task, Job.objects.get(pk=job.pk)
    assert (again.state, again.done, again.attempt, written(again)) == ("done", 3, 2, "2\n3\n")
    assert DBTaskResult.objects.get(pk=left).status == "FAILED"


@pytest.mark.django_db
def test_the_job_of_a_worker_that_lives_is_left_to_it():
    job = begun(seen=AT + timedelta(seconds=1))
    assert stalled.take_up(at=AT + SILENCE) == 0
    job.refresh_from_db()
    assert (job.state, job.attempt, job.worker) == ("running", 1, "w")


@pytest.mark.django_db
def test_a_job_whose_task_has_ended_is_taken_up_though_its_worker_lives():
    """As after an outage that the worker survived."""
    job = begun()
    DBTaskResult.objects.filter(pk=job.task).update(status="FAILED", finished_at=AT)
    assert stalled.take_up(at=AT) == 1
    work_off()
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "taken"), [(SILENCE - timedelta(seconds=1), 0), (SILENCE, 1)])
def test_a_worker_that_died_between_the_queue_and_the_job(after, taken):
    job = counting()
    DBTaskResult.objects.filter(pk=job.task).update(status="RUNNING", started_at=AT, worker_ids=["w"])
    assert stalled.take_up(at=AT + after) == taken
    work_off()
    job.refresh_from_db()
    assert job.state == ("done" if taken else "waiting")


@pytest.mark.django_db
def test_a_waiting_job_in_the_queue_is_left_there():
    job = counting()
    assert stalled.take_up(at=AT + timedelta(days=1)) == 0
    assert DBTaskResult.objects.get().pk == job.task


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_given_up():
    job = begun()
    Job.objects.filter(pk=job.pk).update(stalls=stalled.MOST_STALLS)
    assert stalled.take_up(at=AT + SILENCE) == 1
    work_off()
    job.refresh_from_db()
    assert (job.state, written(job)) == ("failed", "")
    assert job.problem.startswith("It stopped 6 times at the same place")
    assert AuditEntry.objects.get(action="job failed").after == {"problem": job.problem}


@pytest.mark.django_db
def test_a_step_that_was_done_makes_the_count_of_deaths_begin_anew():
    job = begun()
    Job.objects.filter(pk=job.pk).update(stalls=4)
    stalled.take_up(at=AT + SILENCE)
    DBTaskResult.objects.update(run_after=AT)
    assert Job.objects.get().stalls == 5
    work_off()
    job.refresh_from_db()
    assert (job.state, job.stalls) == ("done", 0)


@pytest.mark.django_db
def test_a_cancelled_job_of_a_dead_worker_ends_without_another_step():
    job = begun(done=1)
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    stalled.take_up(at=AT + SILENCE)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, written(job)) == ("cancelled", 1, "")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_up_at_once_one_does():
    job = begun()
    took = burst([lambda: stalled.take_up(at=AT + SILENCE)] * 8)
    assert sorted(took) == [0] * 7 + [1]
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    work_off()
    assert written(job) == "1\n2\n3\n"
