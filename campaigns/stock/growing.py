"""Many codes at once, and away again: each call is one piece of it, whose cost does not depend on the pool's size.

The caller holds the campaign's row, so nobody else adds, moves or withdraws codes meanwhile. Sales go on while codes
are added: the slices are held for the last statements only. They wait while codes are taken out, a piece at a time.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from campaigns.errors import SharedCode
from campaigns.models import Campaign, Coupon, Slice
from campaigns.stock import counting
from campaigns.stock.counting import hold, recount, write
from campaigns.stock.runs import Run, cut, units
from loyalty_site.bulk_rows import add_rows
from loyalty_site.database import execute
from loyalty_site.text_probes import find_texts

COLUMNS = ["campaign", "position", "code", "batch"]
# Nothing hangs on a coupon that was never sold.
REMOVE_UNSOLD = """
DELETE FROM campaigns_coupon WHERE batch_id = %s AND position >= %s AND position <= %s
AND NOT EXISTS (SELECT 1 FROM campaigns_purchase sale WHERE sale.coupon_id = campaigns_coupon.id)
"""


def known(campaign: Campaign, codes: Sequence[str]) -> dict[str, int | None]:
    """Those of the codes that the campaign has or had, each with the batch that it came with."""
    return find_texts(Coupon, ("campaign", campaign.pk), "code", codes, "batch")


def append(campaign: Campaign, codes: Sequence[str], batch_id: int) -> None:
    """Put new codes, none of them known, behind all others, and on sale as far as the limit allows.

    Raises SharedCode where all buyers get the same one.
    """
    if campaign.single_coupon:
        raise SharedCode(id=campaign.pk)
    if not codes:
        return
    last = campaign.coupons.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    key = campaign.pk
    add_rows(Coupon, COLUMNS, ((key, place, code, batch_id) for place, code in enumerate(codes, first)))
    put_on_sale(campaign, first, len(codes))


def put_on_sale(campaign: Campaign, first: int, number: int) -> None:
    """Sell so many codes from that place on, which is behind all others, as far as the limit allows."""
    held = hold(campaign.pk)
    on_sale = min(number, _room(campaign, held))
    _cut_anew(campaign, held, [*_runs(held), (first, first + on_sale, 0)], withheld=number - on_sale)


@dataclass(frozen=True)
class TakenOut:
    """What one piece of emptying a batch did."""

    seen: int  # coupons that were looked at, sold ones too
    removed: int
    last_place: int | None  # of those looked at; the next piece is below it


def take_out(campaign: Campaign, batch_id: int, *, below: int | None, most: int) -> TakenOut:
    """Remove codes of the batch that nobody bought, as if they had never come: the last ones first, `below` a place.

    Withdrawn ones go too; sold ones stay.
    """
    held = hold(campaign.pk)
    coupons = Coupon.objects.filter(batch=batch_id)
    coupons = coupons if below is None else coupons.filter(position__lt=below)
    places = list(coupons.order_by("-position").values_list("position", flat=True)[:most])
    if not places:
        return TakenOut(0, 0, None)
    first, last = places[-1], places[0]
    free = coupons.free().filter(position__gte=first).order_by("position")
    gone = list(free.values_list("position", flat=True))
    removed = execute(REMOVE_UNSOLD, [batch_id, first, last])
    if campaign.single_coupon:
        recount(campaign)
    else:
        close_up(campaign, held, gone, (first, last))
    return TakenOut(len(places), removed, first)


def close_up(campaign: Campaign, held: Sequence[Slice], gone: Sequence[int], span: tuple[int, int]) -> None:
    """Cut the slices after the free codes of these places, in order, all within the span, were removed or withdrawn."""
    first, last = span
    runs, were_on_sale = [], 0
    for run in _runs(held):
        taken = bisect_left(gone, run[1]) - bisect_left(gone, run[0])
        were_on_sale += taken
        runs.append(_trimmed(campaign, run, units(run) - taken) if run[0] <= last and first < run[1] else run)
    withheld = were_on_sale - len(gone)
    brought = _brought_on_sale(campaign, runs, campaign.codes_withheld + withheld)
    _cut_anew(campaign, held, [*runs, *brought], withheld=withheld - sum(map(units, brought)))


def has_unsold(batch_id: int) -> bool:
    """Whether some of the batch's codes are there that nobody bought, withdrawn ones too."""
    return Coupon.objects.filter(batch=batch_id).with_sold().filter(sold=False).exists()


def drop_spare_slices(campaign: Campaign) -> None:
    """Forget the slices, but for the first, that have nothing on sale. A buyer who waits for one finds the others."""
    hold(campaign.pk)
    campaign.slices.filter(units=0, shard__gt=0).delete()


def _room(campaign: Campaign, held: Sequence[Slice]) -> int:
    """How many more units the limit allows to be on sale. Codes that it keeps back already come first."""
    if campaign.unlimited:
        return counting.ENDLESS
    if campaign.codes_withheld:
        return 0
    return max(0, campaign.limit - campaign.purchases.count() - sum(part.units for part in held))


def _runs(held: Sequence[Slice]) -> list[Run]:
    return [(part.next, part.stop, part.holes) for part in held if part.units]


def _cut_anew(campaign: Campaign, held: Sequence[Slice], runs: Sequence[Run], *, withheld: int) -> None:
    write(campaign, held, cut(runs, small=counting.SMALL_POOL, most=counting.MOST_SLICES), None)
    if withheld:
        campaign.codes_withheld += withheld
        campaign.save(update_fields=["codes_withheld"])


def _trimmed(campaign: Campaign, run: Run, left: int) -> Run:
    """A run of which only so many units are left, without the places at its ends where nothing is any more."""
    first, stop, _ = run
    if not left:
        return first, first, 0
    free = Coupon.objects.free().filter(campaign=campaign.pk, position__gte=first, position__lt=stop)
    first = free.order_by("position").values_list("position", flat=True)[0]
    last = free.order_by("-position").values_list("position", flat=True)[0]
    return first, last + 1, last + 1 - first - left


def _brought_on_sale(campaign: Campaign, runs: Sequence[Run], withheld: int) -> list[Run]:
    """Of the codes that the limit kept back, as many as there is room for now: those next in the order of the list."""
    if not withheld or campaign.unlimited:
        return []
    room = campaign.limit - campaign.purchases.count() - sum(map(units, runs))
    if room <= 0:
        return []
    behind = max((run[1] for run in runs), default=0)
    waiting = Coupon.objects.free().filter(campaign=campaign.pk, position__gte=behind).order_by("position")
    chosen = Coupon.objects.filter(pk__in=waiting.values("pk")[: min(room, withheld)])
    span = chosen.aggregate(number=Count("pk"), first=Min("position"), last=Max("position"))
    return [(span["first"], span["last"] + 1, span["last"] + 1 - span["first"] - span["number"])]
