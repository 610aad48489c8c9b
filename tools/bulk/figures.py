"""Time and memory of a check, an import, a generation and their undoing, beside the barest load of the same codes."""

import time
from collections.abc import Sequence

from django.db import connection, transaction

from campaigns.batches import services
from campaigns.models import Campaign, CouponBatch
from loyalty_site.access.actors import SYSTEM
from loyalty_site.database import on_postgresql
from loyalty_site.jobs.models import Job
from tools.bulk.shop import as_file, new_campaign, new_codes, now
from tools.bulk.worker import Worker

PATTERN = "SUMMER-#####-#####"
BARE = "bare_coupon"
LINE = "{what:<28} {seconds:>8} {ratio:>8} {peak:>10}"


def run(count: int) -> None:
    codes, facts = new_codes(count), {"actor": SYSTEM, "at": now()}
    reward = new_campaign("For figures")
    bare = barest(reward, codes)
    print(LINE.format(what=f"{count:,} codes", seconds="seconds", ratio="÷ bare", peak="memory"))
    tell("bare COPY" if on_postgresql() else "bare INSERT", bare, bare, None)
    imported = services.check_file(reward.pk, as_file(codes), label="Figures", heading=False, **facts)
    measure("check", imported.check_job, bare)
    measure("import", services.confirm(imported.pk, **facts).fill_job, bare)
    made = services.generate(reward.pk, PATTERN, count, label="Figures", certain=False, **facts)
    measure("generation", made.fill_job, bare)
    for batch in (made, imported):
        measure(f"undoing the {batch.get_source_display()}", services.undo(batch.pk, **facts).empty_job, bare)
    for batch in CouponBatch.objects.filter(pk__in=[imported.pk, made.pk]):
        assert (batch.added, batch.removed) == (count, count), batch.added


def barest(reward: Campaign, codes: Sequence[str]) -> float:
    """Seconds for the codes to get into a table with the coupons' columns and constraints, and nothing else."""
    places = ", ".join(["%s"] * 3)
    rows = ((reward.pk if on_postgresql() else reward.pk.hex, place, code) for place, code in enumerate(codes))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {BARE}")
        cursor.execute(
            f"CREATE TABLE {BARE} (id {'bigint GENERATED ALWAYS AS IDENTITY' if on_postgresql() else 'integer'} "
            "PRIMARY KEY, campaign_id uuid NOT NULL, position integer NOT NULL, code varchar(255) NOT NULL, "
            "UNIQUE (campaign_id, code), UNIQUE (campaign_id, position))"
        )
        began = time.monotonic()
        with transaction.atomic():
            if on_postgresql():
                with cursor.copy(f"COPY {BARE} (campaign_id, position, code) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {BARE} (campaign_id, position, code) VALUES ({places})", rows)
        seconds = time.monotonic() - began
        cursor.execute(f"DROP TABLE {BARE}")
    return seconds


def measure(what: str, job: Job, bare: float) -> None:
    """Have a worker of its own do the job, and tell what that took."""
    with Worker("--once") as worker:
        worker.wait()
    job.refresh_from_db()
    assert job.state == Job.State.DONE, f"{what}: {job.state} {job.problem}"
    tell(what, (job.finished_at - job.started_at).total_seconds(), bare, worker.peak)


def tell(what: str, seconds: float, bare: float, peak: int | None) -> None:
    memory = f"{peak / 2**20:,.0f} MB" if peak else ""
    print(LINE.format(what=what, seconds=f"{seconds:.1f}", ratio=f"{seconds / bare:.1f}", peak=memory), flush=True)
