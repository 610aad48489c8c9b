"""Progress as it is told, and what is forgotten in time."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from loyalty_site.jobs.models import FilePart, Job, JobFile
from loyalty_site.jobs.progress import progress_of
from loyalty_site.jobs.services import purge
from tests.jobs import AT, counting, work_off

SECOND = timedelta(seconds=1)


def running(**facts) -> Job:
    return Job(**{"state": "running", "done": 0, "attempt_at": AT, "attempt_done": 0} | facts)


@pytest.mark.parametrize(
    ("job", "percent", "rate", "left"),
    [
        (running(done=250, total=1_000, stepped_at=AT + 10 * SECOND), 25, 25.0, 30 * SECOND),
        (running(done=250, total=1_000, attempt_done=200, stepped_at=AT + 10 * SECOND), 25, 5.0, 150 * SECOND),
        (running(done=250, stepped_at=AT + 10 * SECOND), None, 25.0, None),
        (running(total=1_000), 0, None, None),
        (Job(state="waiting", done=0, total=None), None, None, None),
        (running(state="done", done=1_000, total=1_000, finished_at=AT + 40 * SECOND), 100, 25.0, None),
    ],
)
def test_what_is_told_of_a_jobs_progress(job, percent, rate, left):
    told = progress_of(job, at=AT + 20 * SECOND)
    assert (told.percent, told.rate, told.left) == (percent, rate, left)


@pytest.mark.django_db
def test_ended_jobs_are_forgotten_with_their_files():
    old, new, waiting = counting(1), counting(1), counting(1)
    work_off()
    Job.objects.filter(pk=old.pk).update(finished_at=AT)
    Job.objects.filter(pk=waiting.pk).update(state="waiting", finished_at=None)
    DBTaskResult.objects.filter(pk=old.task).update(finished_at=AT)
    assert purge(before=AT + SECOND) == 1
    assert set(Job.objects.values_list("pk", flat=True)) == {new.pk, waiting.pk}
    assert (JobFile.objects.count(), FilePart.objects.count(), DBTaskResult.objects.count()) == (2, 2, 2)
