"""The drill's customers: twelve on one level, active, without points and without log-ins."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from customers.models import Customer, Level
from customers.services import register
from loyalty_site.access.actors import SYSTEM

LEVEL = UUID("d0000000-0000-4000-8000-000000000001")
FIRST_CUSTOMER = UUID("d1000000-0000-4000-8000-000000000001")
CUSTOMERS = 12


def load(say: Callable[[str], None], at: datetime) -> dict[str, Any]:
    """Add them. Returns their ids."""
    level = Level.objects.create(pk=LEVEL, name="Everybody")
    told = [_add(n, level, at) for n in range(CUSTOMERS)]
    say(f"{CUSTOMERS} customers without points")
    return {"customers": told}


def _add(n: int, level: Level, at: datetime) -> dict[str, str]:
    customer = register(
        pk=UUID(int=FIRST_CUSTOMER.int + n),
        number=200_000_000_000_001 + n,
        external_id=f"DRILL{n + 1:03}",
        email=f"drill{n + 1}@example.com",
        first_name="Drill",
        last_name=f"No. {n + 1}",
        status=Customer.Status.ACTIVE,
        level=level,
        actor=SYSTEM,
        at=at,
    )
    return {"id": str(customer.pk), "externalId": customer.external_id}
