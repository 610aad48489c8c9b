"""What moved on the days up to now: counted days from their totals, the last ones from the ledger itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loyalty_site.daily import Span, span_of
from loyalty_site.days import day_of
from points.models import Transfer
from points.totals.counting import totals_on
from points.totals.models import LedgerDay, LedgerTotal

Kind = Transfer.Kind
INCOMING = (Kind.EARN, Kind.REVERSE)
OUTGOING = (Kind.SPEND, Kind.EXPIRE, Kind.DEDUCT, Kind.CANCEL)


@dataclass(frozen=True)
class Moved:
    """The totals of some days up to today."""

    span: Span
    totals: list[LedgerTotal]

    def points(self, *, kinds: tuple[str, ...] = tuple(Kind), days: int = 0, channel: str = "") -> int:
        """How many points these kinds moved in the last so many days, today included; 0: in all of them."""
        first = self.span.today - timedelta(days=days - 1) if days else self.span.first
        return sum(
            abs(total.points)
            for total in self.totals
            if total.kind in kinds and total.day_id >= first and channel in ("", total.channel)
        )

    def by_day(self, kind: str) -> dict[date, int]:
        """What the kind came to on each day that had any; negative where points were taken."""
        found: dict[date, int] = {}
        for total in self.totals:
            if total.kind == kind:
                found[total.day_id] = found.get(total.day_id, 0) + total.points
        return found


def moved_in(days: int, *, at: datetime) -> Moved:
    """What moved in the last so many days, today included."""
    span = span_of(LedgerDay, day_of(at) - timedelta(days=days - 1), at=at)
    counted = LedgerTotal.objects.filter(day__gte=span.first, day__lt=span.live_from)
    live = [total for day in span.live_days for total in totals_on(day)]
    return Moved(span, [*counted, *live])
