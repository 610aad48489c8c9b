"""The totals of made-up movements, at once: so that the start page lives before a worker has run."""

from collections.abc import Callable
from datetime import datetime

from loyalty_site.made_up.size import Size
from points.liability.measuring import keep, measured
from points.totals.counting import BY_DAY


def load(say: Callable[[str], object], at: datetime) -> None:
    keep(measured(at))
    say(f"points counted on {BY_DAY.count_all(at=at)} days")


def load_scale(size: Size, say: Callable[[str], object], at: datetime) -> None:
    load(say, at)
