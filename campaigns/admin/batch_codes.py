"""The codes of a batch as a table to take away."""

from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.batches.services import note_download
from campaigns.models import Coupon, CouponBatch
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.csv_rows import Row, csv_chunks, csv_download

IN_A_CHUNK = 2_000


def download(request: HttpRequest, batch: CouponBatch) -> StreamingHttpResponse:
    """All of them, noted before the first is sent. Never holds more than a chunk."""
    note_download(batch, actor=actor_of(request), at=timezone.now())
    return csv_download(f"coupons-{batch.pk}.csv", csv_chunks([_("code"), _("state")], _chunks(batch)))


def _chunks(batch: CouponBatch) -> Iterator[list[Row]]:
    coupons = Coupon.objects.filter(batch=batch.pk).with_sold().order_by("position")
    rows = coupons.values_list("code", "sold", "voided_at").iterator(chunk_size=IN_A_CHUNK)
    while chunk := list(islice(rows, IN_A_CHUNK)):
        yield [(code, _state(sold, voided_at is not None)) for code, sold, voided_at in chunk]


def _state(sold: bool, withdrawn: bool) -> str:
    if withdrawn:
        return _("withdrawn")
    return _("sold") if sold else _("free")
