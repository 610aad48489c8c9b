"""Whom campaigns are aimed at, counted for many campaigns at once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from campaigns.models import Campaign, LevelTarget, SegmentTarget
from loyalty_site.database import fetch_all, prepared, uuid_of

# A customer who is on a level and in a segment of one campaign counts once: UNION drops the second.
AIMED_AT = """
SELECT campaign_id, COUNT(*) FROM (
    SELECT t.campaign_id, c.id AS customer_id FROM campaigns_leveltarget t
    JOIN customers_customer c ON c.level_id = t.level_id
    WHERE t.campaign_id IN ({places}) AND c.status <> 'erased'
    UNION
    SELECT t.campaign_id, c.id FROM campaigns_segmenttarget t
    JOIN customers_segmentmembership m ON m.segment_id = t.segment_id
    JOIN customers_customer c ON c.id = m.customer_id
    WHERE t.campaign_id IN ({places}) AND c.status <> 'erased'
) audience GROUP BY campaign_id
"""


def visible_counts(campaigns: Iterable[Campaign], at: datetime) -> dict[UUID, int]:
    """How many customers can see each campaign now, in one query; 0 outside its visibility window.

    Rule: Open Loyalty, "Reward Campaigns API", `visibleForCustomersCount`.
    """
    visible = [campaign.pk for campaign in campaigns if campaign.is_visible_at(at)]
    if not visible:
        return {}
    places = ", ".join(["%s"] * len(visible))
    levels = [prepared(LevelTarget, "campaign", pk) for pk in visible]
    segments = [prepared(SegmentTarget, "campaign", pk) for pk in visible]
    rows = fetch_all(AIMED_AT.format(places=places), [*levels, *segments])
    return {uuid_of(campaign): count for campaign, count in rows}
