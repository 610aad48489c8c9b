"""Do the totals by day tie with the purchases? What was used may be undone later, and is not asked of settled days."""

from loyalty_site.findings import Check

# Days are told as numbers such as 20260302.
COUNTED = """
SELECT {day}, SUM(sold), SUM(counted) FROM (
    SELECT d.day, p.campaign_id, 1 AS sold, 0 AS counted
    FROM campaigns_purchaseday d
    JOIN campaigns_purchase p ON p.purchased_at >= d.starts_at AND p.purchased_at < d.ends_at
    WHERE d.settled
    UNION ALL
    SELECT d.day, t.campaign_id, 0, t.bought
    FROM campaigns_purchaseday d JOIN campaigns_purchasetotal t ON t.day_id = d.day WHERE d.settled
) sums GROUP BY day, campaign_id HAVING SUM(sold) <> SUM(counted)
"""
CHECKS = [
    Check(
        "a settled day's totals are those of the purchases",
        "day",
        COUNTED.format(day="CAST(to_char(day, 'YYYYMMDD') AS integer)"),
        on_sqlite=COUNTED.format(day="CAST(strftime('%Y%m%d', day) AS integer)"),
    ),
]
