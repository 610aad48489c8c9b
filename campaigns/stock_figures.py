"""What became of campaigns' codes, and how fast they go: for many campaigns in one query.

How fast is told from the sales of a week, or from the latest SEEN of them where there were more, so that the busiest
campaign costs no more than that to look at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from campaigns.models import Campaign, Purchase
from loyalty_site.database import fetch_all, fetched, prepared, uuid_of

LOOKED_BACK = timedelta(days=7)
SEEN = 10_000
FIGURES = """
SELECT c.id,
    (SELECT COUNT(*) FROM campaigns_purchase p WHERE p.campaign_id = c.id AND p.used AND p.refunded_at IS NULL),
    (SELECT COUNT(*) FROM campaigns_coupon k WHERE k.campaign_id = c.id AND k.voided_at IS NOT NULL),
    (SELECT COUNT(*) FROM (SELECT 1 FROM campaigns_purchase p WHERE p.campaign_id = c.id
        AND p.purchased_at > %s AND p.purchased_at <= %s ORDER BY p.purchased_at DESC LIMIT %s) latest),
    (SELECT p.purchased_at FROM campaigns_purchase p WHERE p.campaign_id = c.id
        AND p.purchased_at > %s AND p.purchased_at <= %s ORDER BY p.purchased_at DESC LIMIT 1 OFFSET %s)
FROM campaigns_campaign c WHERE c.id IN ({places})
"""


@dataclass(frozen=True)
class Figures:
    """Of one campaign."""

    used: int = 0  # codes that customers hold and have used
    withdrawn: int = 0  # codes taken off sale before they were sold
    lately: int = 0  # units sold since `since`
    since: datetime | None = None  # the beginning of the time looked at


def figures(campaigns: Iterable[Campaign], at: datetime) -> dict[UUID, Figures]:
    """Of each campaign, by its id."""
    chosen = {campaign.pk: campaign for campaign in campaigns}
    if not chosen:
        return {}
    span = [prepared(Purchase, "purchased_at", moment) for moment in (at - LOOKED_BACK, at)]
    ids = [prepared(Purchase, "campaign", pk) for pk in chosen]
    sql = FIGURES.format(places=", ".join(["%s"] * len(ids)))
    rows = fetch_all(sql, [*span, SEEN, *span, SEEN - 1, *ids])
    return {uuid_of(row[0]): _figures(chosen[uuid_of(row[0])], at, *row[1:]) for row in rows}


def _figures(campaign: Campaign, at: datetime, used: int, withdrawn: int, lately: int, oldest: object) -> Figures:
    if oldest is not None:
        return Figures(used, withdrawn, lately, fetched(Purchase, "purchased_at", oldest))
    return Figures(used, withdrawn, lately, max(at - LOOKED_BACK, _sold_from(campaign)))


def _sold_from(campaign: Campaign) -> datetime:
    """Before that nobody can have bought it."""
    return campaign.created_at if campaign.all_time_active else max(campaign.created_at, campaign.active_from)
