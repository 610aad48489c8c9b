"""All that one process does."""

from datetime import datetime

import pytest

from loyalty_site.jobs.crew import Crew
from loyalty_site.jobs.models import Worker
from tests.jobs import counting

called: list[datetime] = []


def duty(at: datetime) -> bool:
    """Says twice that there is more."""
    called.append(at)
    return len(called) % 3 != 0


@pytest.mark.django_db(transaction=True)
def test_who_works_once_does_the_jobs_and_then_each_duty_until_it_is_done(settings):
    settings.WORKER_DUTIES = [f"{__name__}.duty"]
    job = counting()
    Crew(until_empty=True).work_off()
    job.refresh_from_db()
    assert (job.state, len(called)) == ("done", 3)
    assert called[0] > job.finished_at
    assert not Worker.objects.exists()
