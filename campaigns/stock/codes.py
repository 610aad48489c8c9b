"""The codes as they are shown: the first of many campaigns, without touching the rest of their pools, or all of one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from uuid import UUID

from campaigns.models import Coupon
from loyalty_site.database import fetch_all, prepared, uuid_of

BATCH = 2_000

# `bound` is the place of the last code shown, found by one step along the index; a small pool has none. Materialized,
# it is looked for once for a campaign and not for each code, whatever PostgreSQL thinks of a table that has just grown.
SHOWN_CODES = """
WITH k AS MATERIALIZED (
    SELECT id, (SELECT b.position FROM campaigns_coupon b
                WHERE b.campaign_id = campaigns_campaign.id AND b.voided_at IS NULL
                ORDER BY b.position LIMIT 1 OFFSET %s) AS bound
    FROM campaigns_campaign WHERE id IN ({places})
)
SELECT k.id, c.code FROM k
JOIN campaigns_coupon c ON c.campaign_id = k.id AND c.position <= COALESCE(k.bound, 2147483647)
WHERE c.voided_at IS NULL
ORDER BY c.campaign_id, c.position
"""


def shown(campaign_ids: Sequence[UUID], most: int) -> dict[UUID, list[str]]:
    """Each campaign's first codes, sold ones too, in list order; one query whatever the number of campaigns."""
    codes: dict[UUID, list[str]] = defaultdict(list)
    if not campaign_ids:
        return codes
    keys = [prepared(Coupon, "campaign", campaign_id) for campaign_id in campaign_ids]
    sql = SHOWN_CODES.format(places=", ".join(["%s"] * len(keys)))
    for campaign_id, code in fetch_all(sql, [most - 1, *keys]):
        codes[uuid_of(campaign_id)].append(code)
    return codes


def in_batches(campaign_id: UUID) -> Iterator[list[str]]:
    """All codes of a campaign, sold ones too, in list order. Never holds more than a batch of them.

    One statement reads them, so they are those of one moment however long the reader takes; outside a transaction
    PostgreSQL keeps its result for the cursor.
    """
    shown_ones = Coupon.objects.filter(campaign=campaign_id, voided_at=None).order_by("position")
    codes = shown_ones.values_list("code", flat=True).iterator(chunk_size=BATCH)
    while batch := list(islice(codes, BATCH)):
        yield batch
