"""Short ways to a promotion and to enrolments in it."""

from datetime import datetime

from customers.models import Customer
from loyalty_site.access.actors import Actor
from promotions import services
from promotions.models import Enrolment, Program, Promotion
from tests.builders import AT, SHOP, STAFF, later


def program() -> Program:
    return Program.objects.filter(name="Club").first() or services.add_program(name="Club", **SHOP)


def promotion(**fields) -> Promotion:
    """Open since a day ago and for a month, once for each customer."""
    usual = {
        "program": program(),
        "name": "Five visits",
        "status": Promotion.Status.ACTIVE,
        "starts_at": later(-1),
        "ends_at": later(30),
    }
    return services.create_promotion(**(usual | fields), **SHOP)


def enrol(into: Promotion, who: Customer, *, at: datetime = AT, actor: Actor = STAFF) -> Enrolment:
    return services.enrol(into, who.pk, customer_status=who.status, source="INSTORE", actor=actor, at=at)


def turns(of: Promotion) -> list[tuple[int, str]]:
    """Each enrolment's turn and state, in the order in which they were made."""
    return list(of.enrolments.order_by("id").values_list("turn", "state"))
