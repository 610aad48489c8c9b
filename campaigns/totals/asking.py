"""What was bought on the days up to now: counted days from their totals, the last ones from the purchases."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet, Sum

from campaigns.totals.counting import totals_on
from campaigns.totals.models import PurchaseDay, PurchaseTotal
from loyalty_site.daily import Span, span_of
from loyalty_site.days import day_of

FIGURES = ("bought", "points", "used", "refunded")


@dataclass(frozen=True)
class Sold:
    """The sums of some days up to today."""

    span: Span
    by_day: Mapping[date, Counter[str]]
    by_campaign: Mapping[UUID, Counter[str]]

    def sum_of(self, figure: str, days: int) -> int:
        """In the last so many days, today included."""
        first = self.span.today - timedelta(days=days - 1)
        return sum(found[figure] for day, found in self.by_day.items() if day >= first)

    def best(self, n: int) -> list[tuple[UUID, Counter[str]]]:
        """The campaigns of which most was bought."""
        bought = [(pk, found) for pk, found in self.by_campaign.items() if found["bought"]]
        return sorted(bought, key=lambda one: (-one[1]["bought"], one[0]))[:n]


def sold_in(days: int, *, at: datetime) -> Sold:
    """What was bought in the last so many days, today included."""
    span = span_of(PurchaseDay, day_of(at) - timedelta(days=days - 1), at=at)
    counted = PurchaseTotal.objects.filter(day__gte=span.first, day__lt=span.live_from)
    by_day, by_campaign = _summed(counted, "day"), _summed(counted, "campaign")
    for total in (total for day in span.live_days for total in totals_on(day)):
        figures = {figure: getattr(total, figure) for figure in FIGURES}
        by_day.setdefault(total.day_id, Counter()).update(figures)
        by_campaign.setdefault(total.campaign_id, Counter()).update(figures)
    return Sold(span, by_day, by_campaign)


def _summed(totals: QuerySet, key: str) -> dict:
    sums = totals.order_by().values(key).annotate(**{f"n_{figure}": Sum(figure) for figure in FIGURES})
    return {row[key]: Counter({figure: row[f"n_{figure}"] for figure in FIGURES}) for row in sums}
