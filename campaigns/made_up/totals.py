"""The totals of made-up purchases, at once: so that the start page lives before a worker has run."""

from collections.abc import Callable
from datetime import datetime

from campaigns.totals.counting import BY_DAY
from loyalty_site.made_up.size import Size


def load(say: Callable[[str], object], at: datetime) -> None:
    say(f"purchases counted on {BY_DAY.count_all(at=at)} days")


def load_scale(size: Size, say: Callable[[str], object], at: datetime) -> None:
    load(say, at)
