"""When a delivery that failed is tried again."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

# After each failure: three days in all, the last hours far apart. A receiver that is mended overnight misses nothing.
PAUSES = [
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
]
SPREAD = 0.1  # of the pause, at most, so that what failed together does not come back together

Draw = Callable[[], float]  # from 0 to 1


def next_try(failures: int, *, at: datetime, draw: Draw = random.random) -> datetime | None:
    """The moment of the next try after so many failures (at least 1). None: it is given up."""
    if failures > len(PAUSES):
        return None
    return at + PAUSES[failures - 1] * (1 + SPREAD * draw())
