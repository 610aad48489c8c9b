"""How many points a person may move without a second one: in one adjustment, and on one day of the programme.

Points added and points taken count together, since splitting or moving to and fro must not get around a ceiling. What
a second person approves is counted for nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from loyalty_site.access.actors import Actor
from loyalty_site.access.models import User
from loyalty_site.database import fetch_one, prepared
from points.adjustments.models import AdjustmentCeiling, StaffDay
from points.days import day_of

# Adds up and checks in one step, so that two adjustments at once cannot both be the last that fits.
COUNT = """
INSERT INTO points_staffday AS counted (user_id, day, points) VALUES (%s, %s, %s)
ON CONFLICT (user_id, day) DO UPDATE SET points = counted.points + excluded.points
WHERE counted.points + excluded.points <= %s
RETURNING points
"""


@dataclass(frozen=True)
class Ceiling:
    """In points. Of approvals None means no limit."""

    per_adjustment: int = 0
    per_day: int = 0
    per_approval: int | None = 0


def of(actor: Actor) -> Ceiling:
    """The highest figures of the person's groups; a superuser has those of the settings besides. Without any: 0."""
    groups = AdjustmentCeiling.objects.filter(group__user=actor.id)
    found = [Ceiling(*row) for row in groups.values_list("per_adjustment", "per_day", "per_approval")]
    if User.objects.filter(pk=actor.id, is_superuser=True).exists():
        found.append(Ceiling(settings.SUPERUSER_ADJUSTMENT_POINTS, settings.SUPERUSER_ADJUSTMENT_POINTS_A_DAY, None))
    approvals = [one.per_approval for one in found]
    return Ceiling(
        max((one.per_adjustment for one in found), default=0),
        max((one.per_day for one in found), default=0),
        None if None in approvals else max(approvals, default=0),
    )


def left_today(actor: Actor, *, at: datetime) -> int:
    """How many points the person may move now, in one adjustment, without a second person."""
    most = of(actor)
    moved = StaffDay.objects.filter(user=actor.id, day=day_of(at)).values_list("points", flat=True).first() or 0
    return max(0, min(most.per_adjustment, most.per_day - moved))


def claim(actor: Actor, points: int, *, at: datetime) -> bool:
    """Count so many points for the person's day, where they fit. Returns whether they did.

    The customer's account must be locked: a person's adjustments share one row, which is locked after it.
    """
    most = of(actor)
    if points > min(most.per_adjustment, most.per_day):
        return False
    person, day = prepared(StaffDay, "user", actor.id), prepared(StaffDay, "day", day_of(at))
    return fetch_one(COUNT, [person, day, points, most.per_day]) is not None


def purge(*, before: date) -> int:
    """Forget what was counted on the days before that one. Returns how many rows."""
    return StaffDay.objects.filter(day__lt=before).delete()[0]
