"""How many customers several campaigns reach together: each is counted once, from the crowds they are aimed at."""

from collections.abc import Sequence
from uuid import UUID

from campaigns.models import LevelTarget, SegmentTarget
from loyalty_site.database import among, fetch_one

REACHED = """
SELECT COALESCE(SUM(n), 0) FROM (
    SELECT bit_count(bit_or(bits)) AS n FROM (
        SELECT chunk, bits FROM customers_levelcrowd
        WHERE level_id IN (SELECT level_id FROM campaigns_leveltarget WHERE campaign_id {by_level})
        UNION ALL
        SELECT chunk, bits FROM customers_segmentcrowd
        WHERE segment_id IN (SELECT segment_id FROM campaigns_segmenttarget WHERE campaign_id {by_segment})
    ) aimed_at GROUP BY chunk
) united
"""


def reached(campaign_ids: Sequence[UUID]) -> int:
    """Whoever can see one of them while it is shown; who was erased apart."""
    if not campaign_ids:
        return 0
    by_level, levels = among(LevelTarget, "campaign", campaign_ids)
    by_segment, segments = among(SegmentTarget, "campaign", campaign_ids)
    row = fetch_one(REACHED.format(by_level=by_level, by_segment=by_segment), [*levels, *segments])
    return int(row[0]) if row else 0
