"""The guarded statements that move points: the same text on PostgreSQL and SQLite (3.35 or later).

Each changes a row and checks its condition in one step; none reads first and writes later. An account's statement
locks its row, so the statements after it see what the last movement left. Points are whole numbers.
"""

from datetime import date
from typing import Any
from uuid import UUID

from loyalty_site.database import fetch_all, fetch_one, prepared
from points.models import Account, Bucket

Balance = tuple[int, int]  # balance, sequence
Change = dict[str, Any]  # {"expires_on": "2027-01-31", "points": -30}

NOTHING_DUE = """
NOT EXISTS (SELECT 1 FROM points_bucket due
            WHERE due.account_id = points_account.customer_id AND due.expires_on < %s AND due.points > 0)
"""

CREDIT = f"""
INSERT INTO points_account (customer_id, balance, earned, spent, expired, sequence)
SELECT id, %s, %s, 0, 0, 1 FROM customers_customer WHERE id = %s AND status <> 'erased'
ON CONFLICT (customer_id) DO UPDATE
SET balance = points_account.balance + excluded.balance, earned = points_account.earned + excluded.earned,
    sequence = points_account.sequence + 1
WHERE {NOTHING_DUE}
RETURNING balance, sequence
"""

DEBIT = f"""
UPDATE points_account SET balance = balance - %s, spent = spent + %s, sequence = sequence + 1
WHERE customer_id = %s AND balance >= %s
  AND EXISTS (SELECT 1 FROM customers_customer c WHERE c.id = points_account.customer_id
              AND (c.status = 'active' OR (%s AND c.status <> 'erased')))
  AND {NOTHING_DUE}
RETURNING balance, sequence
"""

LOCK = """
INSERT INTO points_account (customer_id, balance, earned, spent, expired, sequence)
SELECT id, 0, 0, 0, 0, 0 FROM customers_customer WHERE id = %s
ON CONFLICT (customer_id) DO UPDATE SET sequence = points_account.sequence
RETURNING balance, sequence
"""

# `before` is what the buckets that expire sooner hold together; the last bucket touched may be taken in part.
TAKE_SOONEST = """
UPDATE points_bucket SET points = points_bucket.points - taken.n, moved = -taken.n
FROM (SELECT id, CASE WHEN before + points <= %s THEN points ELSE %s - before END AS n
      FROM (SELECT id, points, SUM(points) OVER (ORDER BY expires_on) - points AS before
            FROM points_bucket WHERE account_id = %s AND points > 0 AND expires_on >= %s) line
      WHERE before < %s) taken
WHERE points_bucket.id = taken.id
RETURNING expires_on, moved
"""

# Asks for the customer again, once the account is held: whoever waited for it may have waited for an erasure.
PUT = """
INSERT INTO points_bucket (account_id, expires_on, points, moved)
SELECT id, %s, %s, %s FROM customers_customer WHERE id = %s AND status <> 'erased'
ON CONFLICT (account_id, expires_on) DO UPDATE
SET points = points_bucket.points + excluded.points, moved = excluded.moved
RETURNING points
"""


def credit(customer_id: UUID, points: int, today: date) -> Balance | None:
    """Add points to the account, making it if need be. None: no such customer, or buckets must expire first."""
    key, day = _account(customer_id), _day(today)
    return fetch_one(CREDIT, [points, points, key, day])


def debit(customer_id: UUID, points: int, today: date, *, any_status: bool) -> Balance | None:
    """Take points from the account, of an active customer unless any status will do.

    None: too few points, a status that may not spend, no account, or buckets must expire first.
    """
    return fetch_one(DEBIT, [points, points, _account(customer_id), points, any_status, _day(today)])


def lock(customer_id: UUID) -> Balance | None:
    """Hold the account without moving anything, making it if need be. None: no such customer."""
    return fetch_one(LOCK, [_account(customer_id)])


def take_soonest(customer_id: UUID, points: int, today: date) -> list[Change]:
    """Empty the buckets that expire soonest, from today on, until that many points are taken or none are left.

    The account must be locked.
    """
    rows = fetch_all(TAKE_SOONEST, [points, points, _account(customer_id), _day(today), points])
    return _changes(rows)


def put(customer_id: UUID, day: date, points: int) -> Change | None:
    """Add points to that day's bucket. The account must be locked. None: the customer was erased."""
    if fetch_one(PUT, [_day(day), points, points, _account(customer_id)]) is None:
        return None
    return {"expires_on": day.isoformat(), "points": points}


def _account(customer_id: UUID) -> Any:
    return prepared(Account, "customer", customer_id)


def _day(day: date) -> Any:
    return prepared(Bucket, "expires_on", day)


def _changes(rows: list[tuple[Any, ...]]) -> list[Change]:
    ordered = sorted((str(day), int(moved)) for day, moved in rows)
    return [{"expires_on": day, "points": moved} for day, moved in ordered]
