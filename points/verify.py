"""Do the books of points tie? Each check is a rule that holds at every moment, asked of all accounts at once."""

from collections.abc import Iterator

from loyalty_site.findings import Check, Finding, run

HELD = "SELECT account_id, SUM(points) AS points FROM points_bucket GROUP BY account_id"
TOLD = """
SELECT account_id, COUNT(*) AS n, MAX(sequence) AS last, SUM(points) AS balance,
       SUM(CASE WHEN kind IN ('earn', 'cancel') THEN points ELSE 0 END) AS earned,
       -SUM(CASE WHEN kind IN ('spend', 'deduct', 'reverse') THEN points ELSE 0 END) AS spent,
       -SUM(CASE WHEN kind = 'expire' THEN points ELSE 0 END) AS expired
FROM points_transfer GROUP BY account_id
"""
CHAIN = """
SELECT id, points, balance_after,
       COALESCE(LAG(balance_after) OVER (PARTITION BY account_id ORDER BY sequence), 0) AS before
FROM points_transfer
"""

MOVED = """
SELECT t.id, t.points, moved.points
FROM points_transfer t CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(change.points), 0) AS points FROM jsonb_to_recordset(t.buckets) AS change (points bigint)
) moved WHERE moved.points <> t.points
"""
MOVED_ON_SQLITE = """
SELECT id, points, moved FROM (
    SELECT t.id, t.points, COALESCE((SELECT SUM(json_extract(value, '$.points')) FROM json_each(t.buckets)), 0) AS moved
    FROM points_transfer t
) moves WHERE moved <> points
"""
BY_DAY = """
SELECT account_id, SUM(told), SUM(held) FROM (
    SELECT account_id, expires_on AS day, points AS held, 0 AS told FROM points_bucket
    UNION ALL
    SELECT t.account_id, {day}, 0, {points} FROM points_transfer t, {changes}
) days GROUP BY account_id, day HAVING SUM(told) <> SUM(held)
"""

# Days are told as numbers such as 20260302.
COUNTED = """
SELECT {day}, SUM(moved), SUM(counted) FROM (
    SELECT d.day, t.kind, t.channel, t.points AS moved, 0 AS counted
    FROM points_ledgerday d JOIN points_transfer t ON t.created_at >= d.starts_at AND t.created_at < d.ends_at
    WHERE d.settled
    UNION ALL
    SELECT d.day, l.kind, l.channel, 0, l.points
    FROM points_ledgerday d JOIN points_ledgertotal l ON l.day_id = d.day WHERE d.settled
) sums GROUP BY day, kind, channel HAVING SUM(moved) <> SUM(counted)
"""


def _total(column: str, told: str) -> str:
    return f"""
    SELECT a.customer_id, COALESCE(told.{told}, 0), a.{column}
    FROM points_account a LEFT JOIN ({TOLD}) told ON told.account_id = a.customer_id
    WHERE a.{column} <> COALESCE(told.{told}, 0)
    """


CHECKS = [
    Check(
        "the balance is what the buckets hold",
        "account",
        f"""
        SELECT a.customer_id, COALESCE(held.points, 0), a.balance
        FROM points_account a LEFT JOIN ({HELD}) held ON held.account_id = a.customer_id
        WHERE a.balance <> COALESCE(held.points, 0)
        """,
    ),
    Check("the balance is the sum of the movements", "account", _total("balance", "balance")),
    Check(
        "the balance is that of the last movement",
        "account",
        """
        SELECT a.customer_id, t.balance_after, a.balance
        FROM points_account a JOIN points_transfer t ON t.account_id = a.customer_id AND t.sequence = a.sequence
        WHERE t.balance_after <> a.balance
        """,
    ),
    Check("as many movements as were counted", "account", _total("sequence", "n")),
    Check("movements are counted without a gap", "account", _total("sequence", "last")),
    Check("what was earned is in the ledger", "account", _total("earned", "earned")),
    Check("what was spent is in the ledger", "account", _total("spent", "spent")),
    Check("what expired is in the ledger", "account", _total("expired", "expired")),
    Check(
        "each movement goes on from the one before",
        "transfer",
        f"SELECT id, before + points, balance_after FROM ({CHAIN}) chain WHERE balance_after <> before + points",
    ),
    Check(
        "a movement is the sum of its buckets' changes",
        "transfer",
        MOVED,
        on_sqlite=MOVED_ON_SQLITE,
    ),
    Check(
        "each bucket holds what the movements put there",
        "account",
        BY_DAY.format(
            day="change.expires_on",
            points="change.points",
            changes="LATERAL jsonb_to_recordset(t.buckets) AS change (expires_on date, points bigint)",
        ),
        on_sqlite=BY_DAY.format(
            day="json_extract(change.value, '$.expires_on')",
            points="json_extract(change.value, '$.points')",
            changes="json_each(t.buckets) change",
        ),
    ),
    Check(
        "an addition's last day is that of its bucket",
        "transfer",
        """
        SELECT t.id, t.buckets -> 0 ->> 'expires_on', CAST(t.expires_on AS text)
        FROM points_transfer t WHERE t.kind = 'earn' AND (
            t.expires_on IS DISTINCT FROM CAST(t.buckets -> 0 ->> 'expires_on' AS date)
            OR jsonb_array_length(t.buckets) <> 1)
        """,
        on_sqlite="""
        SELECT t.id, json_extract(t.buckets, '$[0].expires_on'), CAST(t.expires_on AS text)
        FROM points_transfer t WHERE t.kind = 'earn' AND (
            t.expires_on IS NOT json_extract(t.buckets, '$[0].expires_on') OR json_array_length(t.buckets) <> 1)
        """,
    ),
    Check(
        "a correction fits what it corrects",
        "transfer",
        """
        SELECT t.id, CASE WHEN t.kind = 'reverse' THEN -c.points ELSE c.points END, ABS(t.points)
        FROM points_transfer t JOIN points_transfer c ON c.id = t.corrects_id
        WHERE c.account_id <> t.account_id
           OR (t.kind = 'cancel' AND (c.kind <> 'earn' OR -t.points > c.points))
           OR (t.kind = 'reverse' AND (c.kind NOT IN ('spend', 'deduct') OR t.points <> -c.points))
        """,
    ),
    Check(
        "a settled day's totals are those of the ledger",
        "day",
        COUNTED.format(day="CAST(to_char(day, 'YYYYMMDD') AS integer)"),
        on_sqlite=COUNTED.format(day="CAST(strftime('%Y%m%d', day) AS integer)"),
    ),
    Check(
        "an adjustment moved what was asked for",
        "adjustment",
        """
        SELECT a.id, a.points, t.points
        FROM points_adjustment a JOIN points_transfer t ON t.id = a.transfer_id
        WHERE t.points <> a.points OR t.account_id <> a.customer_id OR t.corrects_id IS DISTINCT FROM a.corrects_id
        """,
        on_sqlite="""
        SELECT a.id, a.points, t.points
        FROM points_adjustment a JOIN points_transfer t ON t.id = a.transfer_id
        WHERE t.points <> a.points OR t.account_id <> a.customer_id OR t.corrects_id IS NOT a.corrects_id
        """,
    ),
]


def findings() -> Iterator[Finding]:
    """What does not tie, of all accounts and movements. Reads only; asked in a snapshot it is exact."""
    return run(CHECKS)
