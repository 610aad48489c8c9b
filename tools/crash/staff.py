"""What staff do in the admin, done by a process of Django's: `python -m tools.crash.staff check|fill …`.

`check CAMPAIGN FILE` has a file of codes checked; `fill CAMPAIGN CODES TIMES` confirms what was checked and has so many
codes generated so many times; `retry` lets jobs go on that were killed too often in a row to go on by themselves.
"""

import os
import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

import django
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
django.setup()

from campaigns.batches import services  # noqa: E402 - Django had to be set up before
from campaigns.models import CouponBatch  # noqa: E402
from loyalty_site.access.actors import SYSTEM  # noqa: E402
from loyalty_site.jobs import services as services_of_jobs  # noqa: E402
from loyalty_site.jobs.models import Job  # noqa: E402
from loyalty_site.jobs.stalled import MOST_STALLS  # noqa: E402

PATTERN = "CRASH-########"


def main(task: str, *arguments: str) -> None:
    at = timezone.now()
    match task, arguments:
        case "check", (campaign, file):
            check(UUID(campaign), Path(file), at)
        case "fill", (campaign, codes, times):
            fill(UUID(campaign), int(codes), int(times), at)
        case "retry", ():
            retry(at)


def check(campaign: UUID, file: Path, at: datetime) -> None:
    services.check_file(campaign, [file.read_bytes()], label=file.name, heading=False, actor=SYSTEM, at=at)


def fill(campaign: UUID, codes: int, times: int, at: datetime) -> None:
    for batch in CouponBatch.objects.filter(campaign=campaign, state=CouponBatch.State.CHECKED):
        services.confirm(batch.pk, actor=SYSTEM, at=at)
    for number in range(times):
        services.generate(campaign, PATTERN, codes, label=f"No. {number}", certain=True, actor=SYSTEM, at=at)


def retry(at: datetime) -> None:
    for job in Job.objects.filter(state=Job.State.FAILED, stalls__gte=MOST_STALLS):
        services_of_jobs.retry(job, actor=SYSTEM, at=at)


if __name__ == "__main__":
    main(*sys.argv[1:])
