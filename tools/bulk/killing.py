"""Workers are killed at random while they generate, check, import and undo: nothing is lost, nothing done twice."""

import random
import time
from collections.abc import Callable

from campaigns.batches import services
from campaigns.models import Coupon, CouponBatch
from campaigns.verify import findings
from loyalty_site.access.actors import SYSTEM
from loyalty_site.jobs.models import Job
from tools.bulk.shop import as_file, new_campaign, new_codes, now
from tools.bulk.worker import Worker

SILENCE = {"LOYALTY_JOB_SILENCE_SECONDS": "3"}
LONGEST_LIFE = 3  # seconds that a worker is left with the job


def run(count: int, kills: int) -> None:
    codes, facts = new_codes(count), {"actor": SYSTEM, "at": now()}
    reward = new_campaign("For killing workers")
    made = services.generate(reward.pk, "X-#####-#####", count, label="Killed", certain=False, **facts)
    survive("generation", made.fill_job, kills)
    doubled = [*codes, *codes[: count // 10]]
    imported = services.check_file(reward.pk, as_file(doubled), label="Killed", heading=False, **facts)
    survive("check", imported.check_job, kills)
    survive("import", services.confirm(imported.pk, **facts).fill_job, kills)
    for batch in CouponBatch.objects.filter(pk__in=[made.pk, imported.pk]):
        assert batch.added == batch.coupons.count() == count, (batch.source, batch.added)
    imported.refresh_from_db()
    assert (imported.lines, imported.repeated) == (count + count // 10, count // 10), imported.lines
    assert set(imported.coupons.values_list("code", flat=True)) == set(codes)
    survive("undoing", services.undo(made.pk, **facts).empty_job, kills)
    assert Coupon.objects.filter(campaign=reward).count() == 1 + count
    assert list(findings()) == []
    print(f"{count:,} codes generated, imported and undone, exactly once each; the books tie.")


def survive(what: str, job: Job, kills: int) -> None:
    """Have the job done by workers of which so many are killed while they are at it."""
    killed = 0
    while not finished(job):
        with Worker(**SILENCE) as worker:
            attempt = job.attempt
            worker.wait(until=begun_after(job, attempt))
            if killed == kills:
                worker.wait(until=lambda: finished(job))
                continue
            time.sleep(random.uniform(0, LONGEST_LIFE))  # noqa: S311 - not a secret
            worker.kill()
            killed += not finished(job)
    assert job.state == Job.State.DONE, f"{what}: {job.state} {job.problem}"
    print(f"{what}: killed {killed} times, begun {job.attempt} times", flush=True)


def begun_after(job: Job, attempt: int) -> Callable[[], bool]:
    return lambda: finished(job) or (job.state == Job.State.RUNNING and job.attempt > attempt)


def finished(job: Job) -> bool:
    job.refresh_from_db()
    return job.is_finished
