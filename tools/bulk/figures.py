"""Time and memory of a check, an import, a generation and their undoing, beside the barest load of the same codes."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

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
LINE = "{what:<20} {seconds:>8} {bare:>8} {ratio:>8} {peak:>10}"


def run(count: int) -> None:
    codes, facts = new_codes(count), {"actor": SYSTEM, "at": now()}
    imports, generations = new_campaign("For an import"), new_campaign("For a generation")
    bare = Bare(imports, codes)
    print(LINE.format(what=f"{count:,} codes", seconds="seconds", bare="bare", ratio="÷ bare", peak="memory"))
    imported = services.check_file(imports.pk, as_file(codes), label="Figures", heading=False, **facts)
    measure("check", imported.check_job, bare)
    measure("import", services.confirm(imported.pk, **facts).fill_job, bare)
    measure("undoing it", services.undo(imported.pk, **facts).empty_job, bare)
    tidy()
    made = services.generate(generations.pk, PATTERN, count, label="Figures", certain=False, **facts)
    measure("generation", made.fill_job, bare)
    measure("undoing it", services.undo(made.pk, **facts).empty_job, bare)
    for batch in CouponBatch.objects.filter(pk__in=[imported.pk, made.pk]):
        assert (batch.added, batch.removed) == (count, count), batch.added


def tidy() -> None:
    """As PostgreSQL does by itself after a while: the next job finds the table as the first one did."""
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE campaigns_coupon")


class Bare:
    """The barest load: into a table with the coupons' columns, key and unique constraints, and nothing else."""

    def __init__(self, reward: Campaign, codes: Sequence[str]) -> None:
        self.reward, self.codes = reward, codes
        self.last = self.seconds()

    def between(self) -> float:
        """Seconds that it took before and takes now, on average: other work on the machine slows both."""
        before, self.last = self.last, self.seconds()
        return (before + self.last) / 2

    def seconds(self) -> float:
        key = self.reward.pk if on_postgresql() else self.reward.pk.hex
        rows = ((key, place, code) for place, code in enumerate(self.codes))
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {BARE}")
            cursor.execute(
                f"CREATE TABLE {BARE} (id {'bigint GENERATED ALWAYS AS IDENTITY' if on_postgresql() else 'integer'} "
                "PRIMARY KEY, campaign_id uuid NOT NULL, position integer NOT NULL, code varchar(255) NOT NULL, "
                "UNIQUE (campaign_id, code), UNIQUE (campaign_id, position))"
            )
            began = time.monotonic()
            with transaction.atomic():
                load(cursor, rows)
            seconds = time.monotonic() - began
            cursor.execute(f"DROP TABLE {BARE}")
        return seconds


def load(cursor: Any, rows: Iterable[Sequence[Any]]) -> None:
    into = f"{BARE} (campaign_id, position, code)"
    if not on_postgresql():
        cursor.executemany(f"INSERT INTO {into} VALUES (%s, %s, %s)", rows)
        return
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def measure(what: str, job: Job, bare: Bare) -> None:
    """Have a worker of its own do the job, and tell what that took."""
    with Worker("--once") as worker:
        worker.wait()
    job.refresh_from_db()
    assert job.state == Job.State.DONE, f"{what}: {job.state} {job.problem}"
    seconds, barest = (job.finished_at - job.started_at).total_seconds(), bare.between()
    told = {"seconds": f"{seconds:.1f}", "bare": f"{barest:.1f}", "ratio": f"{seconds / barest:.1f}"}
    print(LINE.format(what=what, peak=f"{worker.peak / 2**20:,.0f} MB", **told), flush=True)
