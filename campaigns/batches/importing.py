"""The import itself, after its check was confirmed: what is new at that moment comes into the campaign."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import stock
from campaigns.batches import filling, report
from campaigns.batches.checking import COUNTED, FILE, lines_a_step
from campaigns.batches.layout import Layout
from campaigns.batches.lines import Piece, Refused, read
from campaigns.models import Campaign, CouponBatch
from loyalty_site.jobs import files
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step
from loyalty_site.jobs.models import Job, JobFile

FORGOTTEN = gettext_lazy("The file is not kept any more: it was uploaded too long ago. Upload it again.")


def import_coupons(job: Job, *, at: datetime) -> Step:
    layout = Layout(**job.arguments["layout"])
    try:
        reader = files.reader(_check_job(job), FILE, job.checkpoint.get("offset", layout.start))
    except JobFile.DoesNotExist:
        raise CannotGoOn(because=FORGOTTEN) from None
    with reader:
        piece = read(reader, layout, after=job.checkpoint.get("line", layout.lines), most=lines_a_step())
        offset = reader.tell()
    campaign, batch = filling.held(job)
    _take_in(job, campaign, batch, piece)
    if piece.is_last:
        filling.finish(job, campaign, batch, at=at)
    batch.save(update_fields=[*COUNTED, "added", "state"])
    return Step(
        piece.lines,
        {"offset": offset, "line": piece.lines},
        finished=piece.is_last,
        total=max(job.arguments["lines"], piece.lines),
        outcome=report.outcome(batch),
    )


def _check_job(job: Job) -> Job:
    return Job(pk=job.arguments["check"])


def _take_in(job: Job, campaign: Campaign, batch: CouponBatch, piece: Piece) -> None:
    came_with = stock.known(campaign, list(piece.codes))
    filling.add(campaign, batch, [code for code in piece.codes if code not in came_with])
    earlier = [code for code, owner in came_with.items() if owner == batch.pk]
    known = [code for code, owner in came_with.items() if owner != batch.pk]
    batch.lines += len(piece.codes) + len(piece.repeated) + len(piece.malformed)
    batch.known += len(known)
    batch.repeated += len(piece.repeated) + len(earlier)
    batch.malformed += len(piece.malformed)
    report.write_refused(
        job,
        [Refused(piece.codes[code], code, _("the campaign has this code")) for code in known],
        [Refused(piece.codes[code], code, _("stands in the file already")) for code in earlier],
        piece.repeated,
        piece.malformed,
    )


IMPORT = Kind(
    name="campaigns.import_coupons",
    title=gettext_lazy("Import coupons"),
    step=import_coupons,
    permission="campaigns.view_couponbatch",
    unit=gettext_lazy("lines"),
    file_permission="campaigns.view_coupon",
    follow_up=report.page_of_batch,
)
