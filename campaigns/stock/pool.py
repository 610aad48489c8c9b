"""The codes of a campaign: adding, withdrawing and replacing them. Each ends with a recount.

A code that was sold is never removed or sold again. The caller holds the campaign's row; these hold its slices, so that
nobody is in the middle of buying one of the codes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Max, QuerySet

from campaigns.errors import NoCodes
from campaigns.models import Campaign, Coupon
from campaigns.stock.counting import hold, recount
from campaigns.stock.shelving import withdraw
from loyalty_site.bulk_rows import add_rows

SHOWN = 1_000  # codes that lists show of one campaign
BATCH = 1_000


def cleaned(codes: Iterable[str]) -> list[str]:
    """The codes without blank ones and later copies, in their order."""
    return list(dict.fromkeys(code.strip() for code in codes if code.strip()))


def add(campaign: Campaign, codes: Iterable[str]) -> int:
    """Append the codes that the campaign does not have, or has no more. Returns how many those were."""
    held = hold(campaign.pk)
    wanted = cleaned(codes)
    known = _known(campaign, wanted)
    missing = [code for code in wanted if code not in known or known[code].voided_at]
    _append(campaign, missing, known)
    recount(campaign, held)
    return len(missing)


def void(campaign: Campaign, coupons: Iterable[Coupon], *, at: datetime) -> int:
    """Withdraw those of the coupons that are the campaign's and free. Returns how many those were."""
    return len(withdraw(campaign, [coupon.pk for coupon in coupons], at=at))


def replace(campaign: Campaign, codes: Iterable[str], *, at: datetime) -> None:
    """Make these the codes of the campaign, in this order. Raises NoCodes.

    Free codes that are not among them are withdrawn, sold ones stay. Lists show the first SHOWN codes only, so a
    request that names no code beyond those leaves the ones beyond alone.
    """
    wanted = cleaned(codes)
    if not wanted:
        raise NoCodes
    held = hold(campaign.pk)
    known = _known(campaign, wanted)
    _withdraw(campaign, list(_left_out(campaign, set(wanted), known.values())), at)
    if campaign.single_coupon:  # its first code is the one on sale
        behind = _shared_before(campaign, set(wanted))
        known |= behind
        wanted.extend(behind)
    _append(campaign, _out_of_place(wanted, known), known)
    recount(campaign, held)


def _known(campaign: Campaign, codes: Sequence[str]) -> dict[str, Coupon]:
    """Those of the codes that the campaign has or had, each telling whether its place is `fixed`."""
    found = {}
    for start in range(0, len(codes), BATCH):
        rows = campaign.coupons.with_fixed_places().filter(code__in=codes[start : start + BATCH])
        found.update({coupon.code: coupon for coupon in rows})
    return found


def _left_out(campaign: Campaign, wanted: set[str], known: Collection[Coupon]) -> Iterator[int]:
    """The coupons that the sender has seen and no longer wants.

    Codes it names that are withdrawn may have been shown, if they were withdrawn since: then fewer of the others were.
    """
    kept = campaign.coupons.filter(voided_at=None).order_by("position")
    here = [coupon.position for coupon in known if coupon.voided_at is None]
    first_unseen = _place(kept, SHOWN)
    if first_unseen is None or max(here, default=-1) < first_unseen:
        first_doubtful = _place(kept, max(SHOWN - (len(known) - len(here)), 0))
        kept = kept if first_doubtful is None else kept.filter(position__lt=first_doubtful)
    return (pk for pk, code in kept.values_list("pk", "code").iterator() if code not in wanted)


def _place(coupons: QuerySet[Coupon], index: int) -> int | None:
    """The place in the pool of the coupon at that index, if there is one."""
    return coupons.values_list("position", flat=True)[index : index + 1].first()


def _shared_before(campaign: Campaign, wanted: set[str]) -> dict[str, Coupon]:
    """The codes that were given to everybody, are no longer wanted, and stay because they were sold."""
    sold = campaign.coupons.with_fixed_places().with_sold().filter(voided_at=None, sold=True, fixed=False)
    return {coupon.code: coupon for coupon in sold.order_by("position") if coupon.code not in wanted}


def _withdraw(campaign: Campaign, coupon_ids: Sequence[int], at: datetime) -> int:
    gone = 0
    for start in range(0, len(coupon_ids), BATCH):
        batch = Coupon.objects.free().filter(campaign=campaign.pk, pk__in=coupon_ids[start : start + BATCH])
        gone += batch.update(voided_at=at)
    return gone


def _out_of_place(wanted: Sequence[str], known: dict[str, Coupon]) -> list[str]:
    """The codes that need a new place at the end, so that those whose place is not fixed stand in the order wanted."""
    last, moved = -1, []
    for code in wanted:
        coupon = known.get(code)
        if coupon and coupon.fixed:
            continue
        if coupon and coupon.voided_at is None and coupon.position > last and not moved:
            last = coupon.position
        else:
            moved.append(code)
    return moved


def _append(campaign: Campaign, codes: Sequence[str], known: dict[str, Coupon]) -> None:
    """Give each code the next place of the pool, in this order; a code the campaign knows keeps its row."""
    last = campaign.coupons.aggregate(last=Max("position"))["last"]
    start = 0 if last is None else last + 1
    placed = dict(zip(codes, range(start, start + len(codes)), strict=True))
    moved = [known[code] for code in codes if code in known]
    for coupon in moved:
        coupon.position, coupon.voided_at = placed[coupon.code], None
    Coupon.objects.bulk_update(moved, ["position", "voided_at"], batch_size=BATCH)
    fresh = ((campaign.pk, placed[code], code) for code in codes if code not in known)
    add_rows(Coupon, ["campaign", "position", "code"], fresh)
