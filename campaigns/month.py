"""A month of campaigns: which are on sale on which days, where there are none, and which are alike."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from campaigns import stock
from campaigns.models import Campaign
from campaigns.questions import CampaignQuerySet
from campaigns.windows import begins_at, day_of, ends_at

WRITTEN = re.compile(
    r"(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])"
)  # of our time: calendars cannot be reckoned at their very ends
Days = tuple[date, date]  # from the first to the last, both included


@dataclass(frozen=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(self.last.day)]

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    @property
    def next(self) -> "Month":
        return Month.of(self.last + timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def read(text: str, today: date) -> Month:
    """The month that is written as 2026-12; this one where that is none of our time."""
    if not WRITTEN.fullmatch(text):
        return Month.of(today)
    return Month(int(text[:4]), int(text[5:]))


def campaigns_in(month: Month) -> CampaignQuerySet:
    """Those whose days of buying touch the month, those with dates first; with stock and targets."""
    zone = ZoneInfo(settings.LOYALTY_TIME_ZONE)
    begin = datetime.combine(month.first, time.min, zone).astimezone(UTC)
    end = datetime.combine(month.next.first, time.min, zone).astimezone(UTC)
    dated = Q(all_time_active=False, active_from__lt=end, active_to__gte=begin)
    found = Campaign.objects.with_stock().with_details().filter(dated | Q(all_time_active=True))
    return found.order_by("all_time_active", "active_from", "name", "id")


def days_of_buying(campaign: Campaign, month: Month) -> Days | None:
    """The days of the month within its window of buying."""
    if campaign.all_time_active:
        return month.first, month.last
    return _within(day_of(campaign.active_from), day_of(campaign.active_to), month)


def days_on_sale(campaign: Campaign, month: Month) -> Days | None:
    """The days of the month on which customers can buy what they see; none of what is switched off."""
    if not campaign.active:
        return None
    first, last = begins_at(campaign), ends_at(campaign)
    return _within(day_of(first) if first else month.first, day_of(last) if last else month.last, month)


def gaps(campaigns: Iterable[Campaign], month: Month, today: date) -> list[Days]:
    """The days of the month, from today on, on which nothing can be bought. What is sold out does not count."""
    sold = {day for campaign in campaigns if stock.left(campaign) > 0 for day in _each(days_on_sale(campaign, month))}
    return runs(day for day in month.days if day >= today and day not in sold)


@dataclass(frozen=True)
class Clash:
    """Campaigns with the same kind of reward, aimed at the same levels or segments, on the same days."""

    reward: str
    groups: Sequence[object]  # ids of levels and segments
    campaigns: Sequence[Campaign]
    days: Sequence[Days]


def clashes(campaigns: Iterable[Campaign], month: Month, today: date) -> list[Clash]:
    """From today on. Campaigns that meet at several levels or segments are named once."""
    aimed: dict[tuple[str, object], list[Campaign]] = {}
    for campaign in campaigns:
        for group in _groups(campaign):
            aimed.setdefault((campaign.reward, group), []).append(campaign)
    met: dict[tuple[str, tuple[Campaign, ...], tuple[Days, ...]], list[object]] = {}
    for (reward, group), rivals in aimed.items():
        days, meeting = _meetings(rivals, month, today)
        if meeting:
            met.setdefault((reward, tuple(meeting), tuple(runs(days))), []).append(group)
    return [Clash(reward, groups, rivals, days) for (reward, rivals, days), groups in met.items()]


def runs(days: Iterable[date]) -> list[Days]:
    """Days in their order, each stretch of neighbours as one."""
    stretches = groupby(enumerate(days), key=lambda pair: pair[1] - timedelta(days=pair[0]))
    found = [[day for _, day in stretch] for _, stretch in stretches]
    return [(stretch[0], stretch[-1]) for stretch in found]


def _meetings(rivals: Sequence[Campaign], month: Month, today: date) -> tuple[list[date], list[Campaign]]:
    """The days on which two or more of them are on sale, and those that are on such a day."""
    each = {campaign: set(_each(days_on_sale(campaign, month))) for campaign in rivals}
    days = [day for day in month.days if day >= today and sum(day in on_sale for on_sale in each.values()) > 1]
    return days, [campaign for campaign, on_sale in each.items() if not on_sale.isdisjoint(days)]


def _groups(campaign: Campaign) -> Iterator[object]:
    yield from (target.level_id for target in campaign.level_targets.all())
    yield from (target.segment_id for target in campaign.segment_targets.all())


def _within(first: date, last: date, month: Month) -> Days | None:
    first, last = max(first, month.first), min(last, month.last)
    return (first, last) if first <= last else None


def _each(days: Days | None) -> Iterator[date]:
    if days:
        first, last = days
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))
