"""Who can see campaigns: counted for many at once, and read page by page, from the crowds that they are aimed at.

Rules: Open Loyalty, "Reward Campaigns API", `visibleForCustomersCount` and "Check campaign visibility for the
customers". Who was erased is in no crowd; the switch of a campaign is not looked at.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from campaigns.models import Campaign, LevelTarget, SegmentTarget
from customers.crowds.bits import places_in
from customers.models import Customer, SegmentMembership
from customers.questions import CustomerQuerySet
from loyalty_site.database import fetch_all, prepared, uuid_of

# Where nobody can be in two of a campaign's groups, their members add up: of levels, each customer is on one.
COUNTS = """
WITH aimed AS (
    SELECT campaign_id, level_id AS group_id, 0 AS is_segment FROM campaigns_leveltarget WHERE campaign_id IN ({places})
    UNION ALL
    SELECT campaign_id, segment_id, 1 FROM campaigns_segmenttarget WHERE campaign_id IN ({places})
), adding_up AS (
    SELECT campaign_id FROM aimed GROUP BY campaign_id HAVING SUM(is_segment) = 0 OR COUNT(*) = 1
)
SELECT campaign_id, SUM(n) FROM (
    SELECT a.campaign_id, c.members AS n FROM aimed a JOIN customers_levelcrowd c ON c.level_id = a.group_id
    WHERE a.is_segment = 0 AND a.campaign_id IN (SELECT campaign_id FROM adding_up)
    UNION ALL
    SELECT a.campaign_id, c.members FROM aimed a JOIN customers_segmentcrowd c ON c.segment_id = a.group_id
    WHERE a.is_segment = 1 AND a.campaign_id IN (SELECT campaign_id FROM adding_up)
    UNION ALL
    SELECT campaign_id, bit_count(bit_or(bits)) FROM (
        SELECT a.campaign_id, c.chunk, c.bits FROM aimed a JOIN customers_levelcrowd c ON c.level_id = a.group_id
        WHERE a.is_segment = 0 AND a.campaign_id NOT IN (SELECT campaign_id FROM adding_up)
        UNION ALL
        SELECT a.campaign_id, c.chunk, c.bits FROM aimed a JOIN customers_segmentcrowd c ON c.segment_id = a.group_id
        WHERE a.is_segment = 1 AND a.campaign_id NOT IN (SELECT campaign_id FROM adding_up)
    ) united GROUP BY campaign_id, chunk
) counted GROUP BY campaign_id
"""
# Every chunk of one campaign with its count, and the bits of those that the page from `start` to `stop` needs.
PAGE = """
SELECT chunk, n, CASE WHEN before < %s AND before + n > %s THEN bits END FROM (
    SELECT chunk, bits, n, SUM(n) OVER (ORDER BY chunk) - n AS before FROM (
        SELECT chunk, bits, bit_count(bits) AS n FROM (
            SELECT chunk, bit_or(bits) AS bits FROM (
                SELECT c.chunk, c.bits FROM campaigns_leveltarget t
                JOIN customers_levelcrowd c ON c.level_id = t.level_id WHERE t.campaign_id = %s
                UNION ALL
                SELECT c.chunk, c.bits FROM campaigns_segmenttarget t
                JOIN customers_segmentcrowd c ON c.segment_id = t.segment_id WHERE t.campaign_id = %s
            ) aimed_at GROUP BY chunk
        ) united
    ) counted
) running ORDER BY chunk
"""


def visible_counts(campaigns: Iterable[Campaign], at: datetime) -> dict[UUID, int]:
    """How many customers can see each campaign now, in one query; 0 outside its visibility window."""
    return aimed_counts([campaign.pk for campaign in campaigns if campaign.is_visible_at(at)])


def aimed_counts(campaign_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many customers each campaign is aimed at, whether or not it is shown now, in one query. None: left out."""
    if not campaign_ids:
        return {}
    places = ", ".join(["%s"] * len(campaign_ids))
    levels = [prepared(LevelTarget, "campaign", pk) for pk in campaign_ids]
    segments = [prepared(SegmentTarget, "campaign", pk) for pk in campaign_ids]
    rows = fetch_all(COUNTS.format(places=places), [*levels, *segments])
    return {uuid_of(campaign): int(count) for campaign, count in rows}


def visible_customers(
    campaign: Campaign, at: datetime, start: int, stop: int, *, store_id: UUID | None = None
) -> tuple[CustomerQuerySet, int]:
    """The customers who can see the campaign now, from one rank up to another, and how many there are in all.

    They come in the order of registration. Nobody outside the visibility window. Two queries, at any depth. A caller
    bound to a store is told of its customers and those of none.
    """
    if not campaign.is_visible_at(at):
        return Customer.objects.none(), 0
    if store_id is not None:
        seen = _in_sight_of_store(campaign, store_id)
        return seen.order_by("place")[start:stop], seen.count()
    return aimed_customers(campaign, start, stop)


def aimed_customers(campaign: Campaign, start: int, stop: int) -> tuple[CustomerQuerySet, int]:
    """The same of the customers that it is aimed at, whether or not it is shown now."""
    by_level, by_segment = (prepared(target, "campaign", campaign.pk) for target in (LevelTarget, SegmentTarget))
    places: list[int] = []
    total = 0
    for chunk, count, bits in fetch_all(PAGE, [stop, start, by_level, by_segment]):
        if bits is not None:
            places += islice(places_in(chunk, bits), max(0, start - total), stop - total)
        total += count
    return Customer.objects.filter(place__in=places).order_by("place"), total


def _in_sight_of_store(campaign: Campaign, store_id: UUID) -> CustomerQuerySet:
    """Asked of the customers themselves: crowds do not know of stores."""
    levels, segments = campaign.level_targets.values("level_id"), campaign.segment_targets.values("segment_id")
    members = SegmentMembership.objects.filter(customer=OuterRef("pk"), segment__in=segments)
    present = Customer.objects.in_store_scope(store_id).exclude(status=Customer.Status.ERASED)
    return present.filter(Q(level__in=levels) | Exists(members))
