"""What many customers bought last, without touching the rest of what they ever bought."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from campaigns.models import Purchase
from loyalty_site.database import prepared

# `bound` is when the last purchase shown was made, found by one step along the index; a customer with few has none.
LATEST = """
SELECT p.id, p.customer_id, p.campaign_id, p.purchased_at, p.cost_in_points, p.used, c.code FROM (
    SELECT id, (SELECT b.purchased_at FROM campaigns_purchase b
                WHERE b.customer_id = customers_customer.id AND b.refunded_at IS NULL
                ORDER BY b.purchased_at DESC LIMIT 1 OFFSET %s) AS bound
    FROM customers_customer WHERE id IN ({places})
) k JOIN campaigns_purchase p ON p.customer_id = k.id AND (k.bound IS NULL OR p.purchased_at >= k.bound)
JOIN campaigns_coupon c ON c.id = p.coupon_id
WHERE p.refunded_at IS NULL
ORDER BY p.customer_id, p.purchased_at DESC, p.id
"""


def latest_purchases(customer_ids: Sequence[UUID], most: int) -> dict[UUID, list[Purchase]]:
    """Each customer's latest purchases, refunded ones left out, with `code`; one query, however many customers."""
    latest: dict[UUID, list[Purchase]] = defaultdict(list)
    if not customer_ids:
        return latest
    keys = [prepared(Purchase, "customer", customer_id) for customer_id in customer_ids]
    sql = LATEST.format(places=", ".join(["%s"] * len(keys)))
    for purchase in Purchase.objects.raw(sql, [most - 1, *keys]):
        if len(latest[purchase.customer_id]) < most:  # some may have been bought at the same moment
            latest[purchase.customer_id].append(purchase)
    return latest
