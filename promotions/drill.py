"""The drill's promotions: every customer can be enrolled in each of them once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from loyalty_site.access.actors import SYSTEM
from promotions import services
from promotions.demo import number_on
from promotions.models import Promotion

PROGRAM = 900
PROMOTIONS = range(9_001, 9_013)


def load(say: Callable[[str], None], at: datetime) -> dict[str, Any]:
    """Add them. Returns their numbers and that of their program."""
    program = services.add_program(pk=PROGRAM, name="Drill", actor=SYSTEM, at=at)
    for number in PROMOTIONS:
        services.create_promotion(
            pk=number,
            program=program,
            name=f"Drill {number}",
            status=Promotion.Status.ACTIVE,
            starts_at=at,
            enrolment_limit=1,
            actor=SYSTEM,
            at=at,
        )
    number_on()
    say(f"{len(PROMOTIONS)} promotions")
    return {"promotions": [{"programId": PROGRAM, "promotionId": number} for number in PROMOTIONS]}
