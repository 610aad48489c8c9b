"""Checks that led to nothing are forgotten, and nothing else."""

from datetime import timedelta

import pytest

from campaigns.batches.forgetting import forget
from campaigns.models import CodeOnceSeen, CouponBatch
from loyalty_site.jobs.models import Job
from tests.builders import AT, campaign
from tests.campaigns.batches.loads import checked, generated, imported

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def stopped(batch: CouponBatch) -> CouponBatch:
    """One whose check was stopped yesterday, with a code that it had seen."""
    CouponBatch.objects.filter(pk=batch.pk).update(state="checking")
    Job.objects.filter(pk=batch.check_job_id).update(state="cancelled", finished_at=AT - DAY)
    CodeOnceSeen.objects.create(batch_id=batch.pk, code="N1", line=1)
    return batch


def test_a_check_that_was_stopped_is_forgotten_after_a_day():
    batch = stopped(checked(campaign(), "N1\n"))
    assert forget(AT) == {"Checks forgotten": 0}
    assert CodeOnceSeen.objects.count() == 1

    assert forget(AT + timedelta(seconds=1)) == {"Checks forgotten": 1}
    assert not CouponBatch.objects.filter(pk=batch.pk).exists()
    assert not CodeOnceSeen.objects.exists()


def test_a_file_that_nobody_confirmed_is_forgotten_with_its_job():
    batch = checked(campaign(), "N1\n")
    assert forget(AT + 99 * DAY) == {"Checks forgotten": 0}
    batch.check_job.delete()

    assert forget(AT) == {"Checks forgotten": 1}


def test_what_came_into_a_campaign_stays():
    reward = campaign(unlimited=True)
    imported(reward, "N1\n"), generated(reward, "X-######", 1)
    Job.objects.all().delete()

    assert forget(AT + 99 * DAY) == {"Checks forgotten": 0}
    assert CouponBatch.objects.count() == 2


def test_a_check_that_goes_on_keeps_what_it_saw():
    batch = stopped(checked(campaign(), "N1\n"))
    Job.objects.filter(pk=batch.check_job_id).update(state="running", finished_at=None)

    assert forget(AT + 9 * DAY) == {"Checks forgotten": 0}
    assert CodeOnceSeen.objects.count() == 1
