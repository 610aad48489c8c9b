"""Counting up to a limit in a window of time: one atomic statement, so that no burst gets more than the limit.

The first one counted opens the window, which ends by itself.
"""

from datetime import datetime, timedelta
from math import ceil

from loyalty_site.access.models import AttemptCounter
from loyalty_site.database import fetch_one, prepared

STEP = """
INSERT INTO access_attemptcounter AS counter (key, count, window_ends_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN counter.window_ends_at <= %s THEN 1 ELSE counter.count + 1 END,
    window_ends_at = CASE WHEN counter.window_ends_at <= %s THEN excluded.window_ends_at ELSE counter.window_ends_at END
WHERE counter.count < %s OR counter.window_ends_at <= %s
RETURNING count
"""


def step(key: str, limit: int, window: timedelta, *, at: datetime) -> int:
    """One up and 0, or where the limit is reached the seconds until the window ends."""
    now, ends = (prepared(AttemptCounter, "window_ends_at", time) for time in (at, at + window))
    if fetch_one(STEP, [key, ends, now, now, limit, now]) is not None:
        return 0
    left = AttemptCounter.objects.filter(key=key).values_list("window_ends_at", flat=True).first()
    return max(1, ceil((left - at).total_seconds())) if left else 1
