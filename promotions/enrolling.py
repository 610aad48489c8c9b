"""Enrolling a customer. Rules: Capillary, "Enrol a Customer to Loyalty Promotion", "Enrol & Issue loyalty promotion".

The row that counts a customer's turns in a promotion is stepped first and only below the limit, which serialises
parallel enrolments of one customer in one promotion and nobody else's. The same statement looks again whether the
promotion is open, after whoever is changing it: staff who have paused a promotion see nobody enrolled later.
"""

from datetime import datetime
from uuid import UUID

from customers.models import Customer
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import execute_together, fetch_one, insert, on_postgresql, prepared, unit_of_work
from loyalty_site.outbox.telling import told
from promotions import events
from promotions.errors import (
    CustomerMayNotEnrol,
    EnrolmentEnded,
    EnrolmentLimitReached,
    EnrolmentNotFound,
    PromotionNotOpen,
)
from promotions.models import Enrolment, Participation, Promotion
from promotions.states import State, state_of

# Takes the customer's next turn, unless the limit is used up or the promotion open no longer; nothing comes back then.
NEXT_TURN = """
INSERT INTO promotions_participation (promotion_id, customer_id, turns, revoked)
SELECT id, %s, 1, 0 FROM promotions_promotion
WHERE id = %s AND kind = 'LOYALTY_EARNING' AND status = 'ACTIVE'
AND starts_at <= %s AND (ends_at IS NULL OR ends_at > %s){as_it_is_now}
ON CONFLICT (promotion_id, customer_id) DO UPDATE SET turns = promotions_participation.turns + 1
WHERE promotions_participation.turns - promotions_participation.revoked < %s
RETURNING turns
"""
# The lock that a foreign key takes anyway; taken here, it waits for a change under way and then reads the row anew.
# SQLite has one writer at a time.
AS_IT_IS_NOW = " FOR KEY SHARE"


@unit_of_work
def enrol(
    promotion: Promotion, customer_id: UUID, *, customer_status: str, source: str = "", actor: Actor, at: datetime
) -> Enrolment:
    """Give the customer a turn in the promotion; a running one is replaced and the new one runs from now.

    Raises PromotionNotOpen, CustomerMayNotEnrol and EnrolmentLimitReached.
    """
    refuse_closed(promotion, at)
    if customer_status == Customer.Status.BLOCKED:
        raise CustomerMayNotEnrol(status=customer_status)
    turn = _next_turn(promotion, customer_id, at)
    if turn > 1:
        running = Enrolment.objects.filter(promotion=promotion, customer=customer_id, state=Enrolment.State.RUNNING)
        running.update(state=Enrolment.State.REPLACED)
    enrolment = Enrolment(
        promotion=promotion,
        customer_id=customer_id,
        turn=turn,
        enrolled_at=at,
        ends_at=promotion.enrolment_ends_at(at),
        source=source,
        actor=actor.key,
        actor_label=actor.label[:255],
    )
    facts = {"customer": str(customer_id), "turn": turn, "source": source}
    entry = audit.entry("customer enrolled", promotion, actor=actor, at=at, after=facts)
    rows = [_returning_its_number(enrolment), insert(entry), *told(events.enrolled(enrolment))]
    ((enrolment.pk,),) = execute_together(rows)
    return enrolment


def refuse_closed(promotion: Promotion, at: datetime) -> None:
    """Raises PromotionNotOpen, whose reason says which of its rules is in the way."""
    if promotion.kind != Promotion.Kind.LOYALTY_EARNING:
        raise PromotionNotOpen(reason="kind")
    state = state_of(promotion, at)
    if state != State.OPEN:
        raise PromotionNotOpen(reason=state.value)


@unit_of_work
def revoke(enrolment_id: int, *, actor: Actor, at: datetime, reason: str = "") -> Enrolment:
    """Take a running enrolment back; it uses up none of the customer's limit any more.

    Raises EnrolmentNotFound and EnrolmentEnded.
    """
    found = Enrolment.objects.filter(pk=enrolment_id).first()
    if found is None:
        raise EnrolmentNotFound(id=enrolment_id)
    counted = Participation.objects.select_for_update().get(promotion=found.promotion_id, customer=found.customer_id)
    enrolment = Enrolment.objects.for_lists().get(pk=enrolment_id)  # as it is now that nobody else can change it
    if enrolment.state != Enrolment.State.RUNNING:
        raise EnrolmentEnded(state=enrolment.state)
    enrolment.state = Enrolment.State.REVOKED
    enrolment.save(update_fields=["state"])
    counted.revoked += 1
    counted.save(update_fields=["revoked"])
    facts = {"before": {"state": Enrolment.State.RUNNING.value}, "after": {"state": Enrolment.State.REVOKED.value}}
    entry = audit.entry("enrolment revoked", enrolment, actor=actor, at=at, reason=reason, **facts)
    execute_together([insert(entry), *told(events.revoked(enrolment, at=at))])
    return enrolment


def _next_turn(promotion: Promotion, customer_id: UUID, at: datetime) -> int:
    sql = NEXT_TURN.format(as_it_is_now=AS_IT_IS_NOW if on_postgresql() else "")
    customer, moment = prepared(Participation, "customer", customer_id), prepared(Promotion, "starts_at", at)
    row = fetch_one(sql, [customer, promotion.pk, moment, moment, promotion.enrolment_limit])
    if row is None:
        refuse_closed(Promotion.objects.get(pk=promotion.pk), at)
        raise EnrolmentLimitReached(limit=promotion.enrolment_limit)
    return row[0]


def _returning_its_number(enrolment: Enrolment) -> tuple[str, list[object]]:
    sql, values = insert(enrolment)
    return f"{sql} RETURNING id", list(values)
