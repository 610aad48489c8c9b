"""How a balance came about, step by step: earned, spent, expired, and what is left."""

from dataclasses import dataclass

from points.as_of import Standing


@dataclass(frozen=True)
class Step:
    """One bar: which points it is about, and the part of the whole width that it takes, in percent."""

    name: str  # earned, spent, expired or left
    points: int  # taken when negative
    start: float
    width: float


def steps(standing: Standing) -> list[Step]:
    """Each bar begins where the one before ended; the whole width is all that was earned."""
    left_by_spending = standing.earned - standing.spent
    return [
        _step("earned", standing.earned, 0, standing.earned),
        _step("spent", -standing.spent, left_by_spending, standing.earned),
        _step("expired", -standing.expired, left_by_spending - standing.expired, standing.earned),
        _step("left", standing.spendable, 0, standing.earned),
    ]


def _step(name: str, points: int, start: int, whole: int) -> Step:
    share = 100 / whole if whole else 0
    return Step(name, points, round(start * share, 2), round(abs(points) * share, 2))
