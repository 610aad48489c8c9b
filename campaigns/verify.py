"""Was everything sold once, paid and counted? Each check is a rule that holds at every moment, asked of all at once."""

from collections.abc import Iterator

from campaigns.totals import verifying as totals
from loyalty_site.findings import Check, Finding, run

IS_FREE = """
c.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM campaigns_purchase sale WHERE sale.coupon_id = c.id)
"""
# What codes, limit and purchases of each campaign allow; a code that everybody may have needs any number of units.
COUNTS = f"""
SELECT k.id, k.unlimited, k.single_coupon, k.codes_withheld, COALESCE(units.n, 0) AS units, COALESCE(free.n, 0) AS free,
       COALESCE(kept.n, 0) AS kept,
       CASE WHEN k.unlimited THEN COALESCE(free.n, 0)
            WHEN k."limit" > COALESCE(sold.n, 0) THEN k."limit" - COALESCE(sold.n, 0) ELSE 0 END AS allowed
FROM campaigns_campaign k
LEFT JOIN (SELECT campaign_id, SUM(units) AS n FROM campaigns_slice GROUP BY 1) units ON units.campaign_id = k.id
LEFT JOIN (SELECT campaign_id, COUNT(*) AS n FROM campaigns_purchase GROUP BY 1) sold ON sold.campaign_id = k.id
LEFT JOIN (SELECT campaign_id, COUNT(*) AS n FROM campaigns_coupon c WHERE {IS_FREE} GROUP BY 1) free
     ON free.campaign_id = k.id
LEFT JOIN (SELECT campaign_id, COUNT(*) AS n FROM campaigns_coupon WHERE voided_at IS NULL GROUP BY 1) kept
     ON kept.campaign_id = k.id
"""
ON_SALE = f"""
SELECT id, units, free, single_coupon, codes_withheld,
       CASE WHEN single_coupon THEN CASE WHEN kept = 0 THEN 0
                                         WHEN NOT unlimited THEN allowed
                                         WHEN units > 0 THEN units ELSE 1 END
            WHEN free < allowed THEN free ELSE allowed END AS expected
FROM ({COUNTS}) counts
"""

# A limit may be lowered below what was sold: only a sale after the campaign's last change can be one too many. A sale
# that was under way while it was changed, or while another one was refunded, began with the older rule.
UNDER_WAY = "{moment} + interval '1 minute'"
UNDER_WAY_ON_SQLITE = "datetime({moment}, '+1 minute')"
OVER_THE_LIMIT = """
SELECT k.id, k."limit", COUNT(*)
FROM campaigns_campaign k JOIN campaigns_purchase p ON p.campaign_id = k.id
WHERE NOT k.unlimited
GROUP BY k.id, k."limit", k.updated_at
HAVING COUNT(*) > k."limit" AND MAX(p.purchased_at) > {changed}
"""
OVER_THE_CUSTOMERS_LIMIT = """
SELECT p.id, k.limit_per_customer, COUNT(*)
FROM campaigns_purchase p JOIN campaigns_campaign k ON k.id = p.campaign_id
JOIN campaigns_purchase held ON held.campaign_id = p.campaign_id AND held.customer_id = p.customer_id
     AND held.n <= p.n AND (held.refunded_at IS NULL OR held.refunded_at > {bought})
WHERE NOT k.unlimited AND p.n > k.limit_per_customer AND p.purchased_at > {changed}
GROUP BY p.id, k.limit_per_customer HAVING COUNT(*) > k.limit_per_customer
"""


def _limits(query: str, under_way: str) -> str:
    changed, bought = under_way.format(moment="k.updated_at"), under_way.format(moment="p.purchased_at")
    return query.format(changed=changed, bought=bought)


STOCK = [
    Check(
        "as many units on sale as codes, limit and purchases allow",
        "campaign",
        f"SELECT id, expected, units FROM ({ON_SALE}) sale WHERE units <> expected",
    ),
    Check(
        "the free codes that are not on sale are counted",
        "campaign",
        f"""
        SELECT id, CASE WHEN single_coupon THEN 0 ELSE free - expected END, codes_withheld FROM ({ON_SALE}) sale
        WHERE codes_withheld <> CASE WHEN single_coupon THEN 0 ELSE free - expected END
        """,
    ),
    Check(
        "each slice counts the free codes at its places",
        "campaign",
        f"""
        SELECT s.campaign_id, COUNT(c.id), s.units
        FROM campaigns_slice s LEFT JOIN campaigns_coupon c ON c.campaign_id = s.campaign_id
             AND c.position >= s.next AND c.position < s.stop AND {IS_FREE}
        WHERE s.shared_coupon_id IS NULL AND s.next < s.stop
        GROUP BY s.id, s.campaign_id, s.units HAVING COUNT(c.id) <> s.units
        """,
    ),
    Check(
        "no place lies in two slices",
        "campaign",
        """
        SELECT a.campaign_id, a.stop, b.next
        FROM campaigns_slice a JOIN campaigns_slice b ON b.campaign_id = a.campaign_id AND b.shard > a.shard
        WHERE a.next < b.stop AND b.next < a.stop AND a.next < a.stop AND b.next < b.stop
        """,
    ),
    Check(
        "a place on sale was never sold",
        "purchase",
        """
        SELECT p.id, s.next, -1 - p.position
        FROM campaigns_slice s JOIN campaigns_purchase p ON p.campaign_id = s.campaign_id AND p.position < 0
        WHERE s.shared_coupon_id IS NOT NULL AND -1 - p.position >= s.next AND -1 - p.position < s.stop
        """,
    ),
    Check(
        "a shared code is the first of the list",
        "campaign",
        """
        SELECT id, expected, shared_coupon_id FROM (
            SELECT k.id, s.shared_coupon_id, CASE WHEN k.single_coupon THEN
                       (SELECT c.id FROM campaigns_coupon c WHERE c.campaign_id = k.id AND c.voided_at IS NULL
                        ORDER BY c.position LIMIT 1) END AS expected
            FROM campaigns_slice s JOIN campaigns_campaign k ON k.id = s.campaign_id WHERE s.units > 0
        ) shared WHERE COALESCE(expected, 0) <> COALESCE(shared_coupon_id, 0)
        """,
    ),
]

SALES = [
    Check(
        "no more sold than the limit",
        "campaign",
        _limits(OVER_THE_LIMIT, UNDER_WAY),
        on_sqlite=_limits(OVER_THE_LIMIT, UNDER_WAY_ON_SQLITE),
    ),
    Check(
        "no more sold to one customer than the limit",
        "purchase",
        _limits(OVER_THE_CUSTOMERS_LIMIT, UNDER_WAY),
        on_sqlite=_limits(OVER_THE_CUSTOMERS_LIMIT, UNDER_WAY_ON_SQLITE),
    ),
    Check(
        "a customer's purchases are counted without a gap",
        "customer",
        """
        SELECT customer_id, COUNT(*), MAX(n) FROM campaigns_purchase
        GROUP BY campaign_id, customer_id HAVING COUNT(*) <> MAX(n)
        """,
    ),
    Check(
        "a purchase has the coupon of its place",
        "purchase",
        """
        SELECT p.id, c.position, p.position
        FROM campaigns_purchase p JOIN campaigns_coupon c ON c.id = p.coupon_id
        WHERE c.campaign_id <> p.campaign_id OR (p.position >= 0 AND p.position <> c.position)
        """,
    ),
    Check(
        "a coupon of a pool is sold once",
        "coupon",
        """
        SELECT coupon_id, 1, COUNT(*) FROM campaigns_purchase WHERE position >= 0
        GROUP BY coupon_id HAVING COUNT(*) > 1
        """,
    ),
    Check(
        "a sold code is not withdrawn",
        "purchase",
        """
        SELECT p.id, NULL, c.id FROM campaigns_purchase p JOIN campaigns_coupon c ON c.id = p.coupon_id
        WHERE c.voided_at IS NOT NULL
        """,
    ),
    Check(
        "a purchase is paid by its customer, with its cost",
        "purchase",
        """
        SELECT p.id, p.cost_in_points, -t.points
        FROM campaigns_purchase p LEFT JOIN points_transfer t ON t.id = p.transfer_id
        WHERE (p.cost_in_points > 0 OR t.id IS NOT NULL)
          AND (t.id IS NULL OR t.kind <> 'spend' OR t.points <> -p.cost_in_points OR t.account_id <> p.customer_id)
        """,
    ),
    Check(
        "points spent on a reward bought one",
        "transfer",
        """
        SELECT t.id, 1, 0 FROM points_transfer t LEFT JOIN campaigns_purchase p ON p.transfer_id = t.id
        WHERE t.kind = 'spend' AND t.channel = 'reward' AND p.id IS NULL
        """,
    ),
    Check(
        "the points of a refunded purchase were given back",
        "purchase",
        """
        SELECT p.id, p.cost_in_points, 0
        FROM campaigns_purchase p LEFT JOIN points_transfer r ON r.corrects_id = p.transfer_id AND r.kind = 'reverse'
        WHERE p.refunded_at IS NOT NULL AND p.transfer_id IS NOT NULL AND r.id IS NULL
        """,
    ),
]


BATCHES = [
    Check(
        "a batch has the coupons that it added and did not take out",
        "batch",
        """
        SELECT b.id, b.added - b.removed, COALESCE(kept.n, 0)
        FROM campaigns_couponbatch b
        LEFT JOIN (SELECT batch_id, COUNT(*) AS n FROM campaigns_coupon WHERE batch_id IS NOT NULL GROUP BY 1) kept
             ON kept.batch_id = b.id
        WHERE b.added - b.removed <> COALESCE(kept.n, 0)
        """,
    ),
    Check(
        "a coupon came with a batch of its campaign",
        "coupon",
        """
        SELECT c.id, NULL, c.batch_id FROM campaigns_coupon c LEFT JOIN campaigns_couponbatch b ON b.id = c.batch_id
        WHERE c.batch_id IS NOT NULL AND (b.id IS NULL OR b.campaign_id <> c.campaign_id)
        """,
    ),
    Check(
        "an import accounts for every line, and a generation made what was wanted",
        "batch",
        """
        SELECT id, CASE WHEN source = 'import' THEN lines - known - repeated - malformed ELSE wanted END, added
        FROM campaigns_couponbatch
        WHERE (state = 'filled' OR (source = 'import' AND state NOT IN ('checking', 'checked')))
          AND added <> CASE WHEN source = 'import' THEN lines - known - repeated - malformed ELSE wanted END
        """,
    ),
    Check(
        "of a batch that was undone only sold codes are left",
        "coupon",
        """
        SELECT c.id, NULL, c.batch_id FROM campaigns_coupon c JOIN campaigns_couponbatch b ON b.id = c.batch_id
        WHERE b.state = 'emptied' AND NOT EXISTS (SELECT 1 FROM campaigns_purchase sale WHERE sale.coupon_id = c.id)
        """,
    ),
]


def findings() -> Iterator[Finding]:
    """What was sold or counted wrongly, of all campaigns. Reads only; asked in a snapshot it is exact."""
    return run([*STOCK, *SALES, *BATCHES, *totals.CHECKS])
