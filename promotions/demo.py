"""The demo's program and promotions: those of the documented requests."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection

from loyalty_site.access.actors import SYSTEM
from loyalty_site.database import execute
from promotions import services
from promotions.models import Program, Promotion

PROGRAM = 469
PROMOTIONS: dict[int, dict[str, Any]] = {
    57099: {"name": "Visit five times, get 50 points", "enrolment_limit": 100},
    65777: {"name": "Double points for your birthday", "enrolment_limit": 1},
    65778: {"name": "A cake every month", "status": Promotion.Status.PAUSED},
    65779: {"name": "Points on every purchase", "kind": Promotion.Kind.LOYALTY},
}
STARTED = timedelta(days=60)
RUNS = timedelta(days=2 * 366)


def load(say: Callable[[str], None], at: datetime) -> None:
    """Add the demo's program and promotions, unless they are there."""
    if Program.objects.filter(pk=PROGRAM).exists():
        say("promotions are there already")
        return
    program = services.add_program(pk=PROGRAM, name="Loyalty club", actor=SYSTEM, at=at)
    dates = {"starts_at": at - STARTED, "ends_at": at + RUNS}
    for number, fields in PROMOTIONS.items():
        usual = {"pk": number, "program": program, "status": Promotion.Status.ACTIVE, **dates}
        services.create_promotion(**(usual | fields), actor=SYSTEM, at=at - STARTED)
    number_on()
    say(f"{len(PROMOTIONS)} promotions")


def number_on() -> None:
    """Let the next program and promotion get the numbers after these: PostgreSQL would begin with 1."""
    for statement in connection.ops.sequence_reset_sql(no_style(), [Program, Promotion]):
        execute(statement, [])
