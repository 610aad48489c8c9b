"""What the clock does: every entry of the shipped schedule, run for real."""

import pytest

from loyalty_site.jobs import kinds, schedule
from loyalty_site.jobs.models import Job
from loyalty_site.settings.jobs import JOB_KINDS, JOB_SCHEDULE
from tests.builders import AT, customer
from tests.jobs import work_off, written
from tests.walls import plant


@pytest.fixture
def shipped(settings, kinds_of_the_tests):
    settings.JOB_KINDS, settings.JOB_SCHEDULE = JOB_KINDS, JOB_SCHEDULE
    kinds.kinds.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_the_whole_schedule_is_done(shipped):
    due = schedule.enqueue_due(at=AT)
    work_off()
    assert {job.kind: job.state for job in Job.objects.all()} == dict.fromkeys(JOB_SCHEDULE, "done")
    assert len(due) == len(JOB_SCHEDULE)


@pytest.mark.django_db(transaction=True)
def test_books_that_do_not_tie_fail_the_job_and_are_listed(shipped):
    customer(5)
    plant("UPDATE points_bucket SET points = points + 1")
    [entry] = [entry for entry in schedule.entries() if entry.kind.name == "ledger.verify"]
    job = schedule.enqueue_once(entry.kind, key="x", due_at=AT, at=AT)
    work_off()
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.problem.startswith("The books do not tie: ")
    [file] = job.files.all()
    assert "the balance is what the buckets hold" in written(job, file.name)
