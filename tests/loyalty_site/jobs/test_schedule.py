"""What the clock asks for is queued once for each moment, by however many workers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from loyalty_site.jobs import schedule
from loyalty_site.jobs.errors import JobNotRetriable
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import retry
from tests.bursts import burst
from tests.jobs import AT, STAFF, work_off

HOUR = timedelta(hours=1)


@pytest.fixture
def tidying(settings):
    settings.JOB_SCHEDULE = {"tests.tidy": "daily 12:30"}  # 11:30 in UTC


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.django_db
def test_what_is_due_is_queued_and_done(tidying):
    [job] = schedule.enqueue_due(at=AT)
    work_off()
    job.refresh_from_db()
    assert (job.kind, job.due_at, job.state) == ("tests.tidy", moment("2026-03-02T11:30"), "done")
    assert job.actor_key == "system"


@pytest.mark.django_db
def test_a_moment_is_queued_for_once(tidying):
    schedule.enqueue_due(at=AT)
    work_off()
    assert schedule.enqueue_due(at=AT + HOUR) == []
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_the_next_day_has_a_moment_of_its_own(tidying):
    schedule.enqueue_due(at=AT)
    work_off()
    assert [job.due_at for job in schedule.enqueue_due(at=AT + 24 * HOUR)] == [moment("2026-03-03T11:30")]


@pytest.mark.django_db
def test_what_has_not_ended_is_not_begun_again(tidying):
    schedule.enqueue_due(at=AT)
    assert schedule.enqueue_due(at=AT + 24 * HOUR) == []
    work_off()
    assert len(schedule.enqueue_due(at=AT + 24 * HOUR)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_clocks_one_queues(tidying):
    queued = burst([lambda: len(schedule.enqueue_due(at=AT))] * 8)
    assert sorted(queued) == [0] * 7 + [1]
    work_off()
    assert [job.state for job in Job.objects.all()] == ["done"]


@pytest.mark.parametrize(
    ("now", "due", "following"),
    [
        ("2026-03-02T11:29", "2026-03-01T11:30", "2026-03-02T11:30"),
        ("2026-03-02T11:30", "2026-03-02T11:30", "2026-03-03T11:30"),
        ("2026-03-29T11:00", "2026-03-29T10:30", "2026-03-30T10:30"),  # summer time began that night
    ],
)
def test_a_time_of_day_is_the_programmes(tidying, now, due, following):
    [entry] = schedule.entries()
    assert (entry.due(moment(now)), entry.next(moment(now))) == (moment(due), moment(following))


def test_minutes_are_counted_alike_by_every_clock(settings):
    settings.JOB_SCHEDULE = {"tests.tidy": "every 15 minutes"}
    [entry] = schedule.entries()
    assert entry.due(moment("2026-03-02T12:14:59")) == moment("2026-03-02T12:00")
    assert entry.next(moment("2026-03-02T12:14:59")) == moment("2026-03-02T12:15")


@pytest.mark.parametrize(
    "line", [{"tests.tidy": "hourly"}, {"tests.tidy": "every 0 minutes"}, {"tests.unknown": "daily 12:00"}]
)
def test_a_line_that_cannot_be_read_is_refused(settings, line):
    settings.JOB_SCHEDULE = line
    with pytest.raises(ImproperlyConfigured, match="JOB_SCHEDULE"):
        schedule.entries()


@pytest.mark.django_db
def test_what_failed_is_not_tried_again_beside_another_with_its_key(tidying):
    [failed] = schedule.enqueue_due(at=AT)
    Job.objects.filter(pk=failed.pk).update(state="failed", finished_at=AT)
    schedule.enqueue_due(at=AT + 24 * HOUR)
    with pytest.raises(JobNotRetriable), transaction.atomic():
        retry(failed, actor=STAFF, at=AT)
    failed.refresh_from_db()
    assert failed.state == "failed"
    work_off()
    retry(failed, actor=STAFF, at=AT)
    work_off()
    failed.refresh_from_db()
    assert failed.state == "done"
