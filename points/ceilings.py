"""How many points a partner may add: in one call, to one customer on one day, to all on one day.

Additions count; what is taken away or cancelled gives no room back and is not bounded. A day is the programme's. A
day is counted only while its ceiling is set: one that is set at noon bounds what comes after noon.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from loyalty_site.access.actors import PartnerFacts
from loyalty_site.database import fetch_one, prepared
from points.days import day_of
from points.errors import CeilingReached
from points.models import PartnerDay

# Adds up and checks in one step, so that no burst gets above the ceiling.
COUNT = """
INSERT INTO points_partnerday AS counted (partner_id, customer_id, day, points) VALUES (%s, %s, %s, %s)
ON CONFLICT {target} DO UPDATE SET points = counted.points + excluded.points
WHERE counted.points + excluded.points <= %s
RETURNING points
"""
COUNT_FOR_CUSTOMER = COUNT.format(target="(partner_id, customer_id, day)")
COUNT_FOR_ALL = COUNT.format(target="(partner_id, day) WHERE customer_id IS NULL")


def claim(partner: PartnerFacts, customer_id: UUID, points: int, *, at: datetime) -> None:
    """Count an addition of that many points. Raises CeilingReached; the transaction must not be committed then.

    The customer's account must be locked: all of a partner's additions share one row, which is locked last. A
    transaction for several customers locks all accounts before it claims for any.
    """
    most, day = partner.ceilings, day_of(at)
    if most.per_call is not None and points > most.per_call:
        raise CeilingReached(which="per_call", ceiling=most.per_call, given=0, points=points)
    if most.per_customer_day is not None:
        _count("per_customer_day", most.per_customer_day, partner.id, customer_id, day, points)
    if most.per_partner_day is not None:
        _count("per_partner_day", most.per_partner_day, partner.id, None, day, points)


def purge(*, before: date) -> int:
    """Forget what was counted on the days before that one. Returns how many rows."""
    return PartnerDay.objects.filter(day__lt=before).delete()[0]


def _count(which: str, ceiling: int, partner_id: UUID, customer_id: UUID | None, day: date, points: int) -> None:
    sql = COUNT_FOR_ALL if customer_id is None else COUNT_FOR_CUSTOMER
    key = _prepared(partner=partner_id, customer=customer_id, day=day)
    if points > ceiling or fetch_one(sql, [*key, points, ceiling]) is None:
        given = _given(partner_id, customer_id, day)
        raise CeilingReached(which=which, ceiling=ceiling, given=given, points=points)


def _given(partner_id: UUID, customer_id: UUID | None, day: date) -> int:
    counted = PartnerDay.objects.filter(partner=partner_id, customer=customer_id, day=day)
    return counted.values_list("points", flat=True).first() or 0


def _prepared(**values: Any) -> list[Any]:
    return [prepared(PartnerDay, name, value) for name, value in values.items()]
