"""Proving that the books tie: the checks that the apps name in settings, as one look, and as a job."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from loyalty_site.database import read_snapshot
from loyalty_site.findings import Finding
from loyalty_site.jobs import files
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import UPKEEP, Kind, Step
from loyalty_site.jobs.models import Job

LISTED = 10_000  # findings, at most, in the job's file

DO_NOT_TIE = (
    "The books do not tie: {count} findings. The file lists them. Nothing was changed; show it to whoever runs the "
    "server before anything else is done about it."
)


def findings() -> Iterator[Finding]:
    """What the checks find wrong. The caller holds a snapshot."""
    for name in settings.LEDGER_CHECKS:
        yield from import_string(name)()


def as_line(finding: Finding) -> str:
    return json.dumps(asdict(finding), default=str)


def verify(job: Job, *, at: datetime) -> Step:
    """One look at all the books. The job fails where they do not tie."""
    with read_snapshot():
        lines = [as_line(finding) for finding in islice(findings(), LISTED)]
    if lines:
        files.write(job, f"findings-{at:%Y-%m-%d-%H%M}.jsonl", "\n".join(lines) + "\n")
        raise CannotGoOn(because=DO_NOT_TIE.format(count=f"{LISTED:,} or more" if len(lines) == LISTED else len(lines)))
    return Step(done=1, total=1, finished=True, outcome={"Findings": 0})


VERIFY = Kind("ledger.verify", _("Prove that the books tie"), verify, "jobs.see_upkeep", queue=UPKEEP, alone=True)
