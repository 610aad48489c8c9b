"""What a check or an import says of lines that give no new code: figures for all, a file with each, some to look at."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.batches.lines import Refused
from campaigns.models import CouponBatch
from loyalty_site.csv_rows import BOM, harmless
from loyalty_site.jobs import files
from loyalty_site.jobs.models import Job

FILE = "not-imported.csv"
SHOWN = 20  # lines of each class
WIDTH = 32  # characters of such a line

Samples = dict[str, list[tuple[int, str]]]  # class → number and text of lines; holds codes


def write_refused(job: Job, *classes: Iterable[Refused]) -> None:
    """Add these lines to the job's file, in the file's order."""
    refused = sorted((line for lines in classes for line in lines), key=lambda line: line.line)
    if not refused:
        return
    table = StringIO()
    writer = csv.writer(table)
    if not job.files.filter(name=FILE).exists():
        table.write(BOM)
        writer.writerow([_("line"), _("text"), _("why it was not imported")])
    writer.writerows([line.line, harmless(line.text), line.why] for line in refused)
    files.write(job, FILE, table.getvalue())


def with_samples(samples: Samples, **lines: Sequence[tuple[int, str]]) -> Samples:
    """The samples with more of each class, up to as many as are shown."""
    return {name: [*samples.get(name, []), *more][:SHOWN] for name, more in lines.items()}


def shortened(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}…"


def page_of_batch(job: Job) -> tuple[str, str]:
    """Where a job leads when it is done."""
    return _("See the batch"), reverse("admin:campaigns_couponbatch_change", args=[job.arguments["batch"]])


def outcome(batch: CouponBatch) -> dict[str, int]:
    """The figures: no codes, since the audit trail keeps them."""
    return {
        "New codes": batch.new,
        "Twice in the file": batch.repeated,
        "In the campaign already": batch.known,
        "Not readable": batch.malformed,
    }
