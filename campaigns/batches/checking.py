"""The dry run of an import: what would become of each line. It changes nothing but the batch's own figures.

The codes seen so far lie in a table, so that a million of them take no memory and a killed worker loses none.
"""

from dataclasses import asdict
from datetime import datetime
from io import BufferedReader
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import stock
from campaigns.batches import report
from campaigns.batches.layout import HEAD, Layout, layout_of
from campaigns.batches.lines import Piece, Refused, read, seen_before
from campaigns.models import CodeOnceSeen, CouponBatch
from loyalty_site.bulk_rows import add_rows
from loyalty_site.database import execute, on_postgresql
from loyalty_site.jobs import files
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step
from loyalty_site.jobs.models import Job
from loyalty_site.text_probes import find_texts

FILE = "codes"
COUNTED = ("lines", "known", "repeated", "malformed")
FORGET = """
DELETE FROM campaigns_codeonceseen WHERE batch_id = %s AND code <= COALESCE(
    (SELECT code FROM campaigns_codeonceseen WHERE batch_id = %s ORDER BY code LIMIT 1 OFFSET %s),
    (SELECT MAX(code) FROM campaigns_codeonceseen WHERE batch_id = %s))
"""


def lines_a_step() -> int:
    """A second of work on PostgreSQL; on SQLite, where all writers wait for a step, a tenth of one."""
    return 20_000 if on_postgresql() else 5_000


def check(job: Job, *, at: datetime) -> Step:
    batch = CouponBatch.objects.select_related("campaign").filter(pk=job.arguments["batch"]).first()
    if batch is None or batch.state != CouponBatch.State.CHECKING:
        raise CannotGoOn(because=_("This file is not to be checked any more."))
    if job.checkpoint.get("read"):
        return _tidied(job, batch)
    with files.reader(job, FILE, job.checkpoint.get("offset", 0)) as reader:
        layout = layout_in(job, reader)
        piece = read(reader, layout, after=job.checkpoint.get("line", layout.lines), most=lines_a_step())
        offset = reader.tell()
    samples = _sorted_out(job, batch, piece)
    mark = {"offset": offset, "line": piece.lines, "layout": asdict(layout), "samples": samples, "read": piece.is_last}
    return Step(piece.lines, mark, total=max(job.arguments["lines"], piece.lines), outcome=report.outcome(batch))


def layout_in(job: Job, reader: BufferedReader) -> Layout:
    """The file's layout: found in the first step, where the reader is then put at the first line with a code."""
    if "layout" in job.checkpoint:
        return Layout(**job.checkpoint["layout"])
    layout = layout_of(reader.read(HEAD), has_heading=job.arguments["heading"])
    reader.seek(layout.start)
    return layout


def _sorted_out(job: Job, batch: CouponBatch, piece: Piece) -> report.Samples:
    """Tell apart what the piece holds, and count it. Returns the samples."""
    had = stock.known(batch.campaign, list(piece.codes))
    known = [Refused(piece.codes[code], code, _("the campaign has this code")) for code in had]
    others = [code for code in piece.codes if code not in had]
    seen = find_texts(CodeOnceSeen, ("batch_id", batch.pk), "code", others, "line")
    repeated = [Refused(piece.codes[code], code, seen_before(line)) for code, line in seen.items()]
    new = [code for code in others if code not in seen]
    add_rows(CodeOnceSeen, ["batch_id", "code", "line"], ((batch.pk, code, piece.codes[code]) for code in new))
    again = [*piece.repeated, *repeated]
    _count(batch, piece, known=len(known), repeated=len(again))
    report.write_refused(job, known, again, piece.malformed)
    return report.with_samples(
        job.checkpoint.get("samples", {}),
        new=[(piece.codes[code], report.shortened(code)) for code in new[: report.SHOWN]],
        **{name: _first(lines) for name, lines in (("known", known), ("repeated", again), ("bad", piece.malformed))},
    )


def _count(batch: CouponBatch, piece: Piece, *, known: int, repeated: int) -> None:
    batch.lines += len(piece.codes) + len(piece.repeated) + len(piece.malformed)
    batch.known, batch.repeated = batch.known + known, batch.repeated + repeated
    batch.malformed += len(piece.malformed)
    batch.save(update_fields=COUNTED)


def _first(lines: list[Refused]) -> list[tuple[int, str]]:
    return [
        (line.line, report.shortened(line.text)) for line in sorted(lines, key=lambda line: line.line)[: report.SHOWN]
    ]


def _tidied(job: Job, batch: CouponBatch) -> Step:
    """Forget some of the codes seen; when none is left, the check is over."""
    left = execute(FORGET, [batch.pk, batch.pk, lines_a_step(), batch.pk])
    facts: dict[str, Any] = {"done": job.done, "checkpoint": job.checkpoint, "outcome": report.outcome(batch)}
    if left:
        return Step(**facts)
    batch.state = CouponBatch.State.CHECKED
    batch.save(update_fields=["state"])
    return Step(finished=True, **facts)


CHECK = Kind(
    name="campaigns.check_coupons",
    title=gettext_lazy("Check coupons before an import"),
    step=check,
    permission="campaigns.view_couponbatch",
    unit=gettext_lazy("lines"),
    file_permission="campaigns.view_coupon",
    follow_up=report.page_of_batch,
)
