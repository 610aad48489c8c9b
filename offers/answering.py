"""A customer's answer to an offer. Rules: Exchange Solutions, "Response to Offer", its errors and their order.

One guarded update changes the answer; where it changes nothing the row is locked and asked why.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from customers.models import Customer
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import (
    Follower,
    Statement,
    change_and_insert,
    execute_together,
    fetched,
    insert,
    prepared,
    unit_of_work,
    uuid_of,
)
from loyalty_site.errors import DomainError
from loyalty_site.outbox.telling import condition_of, told
from loyalty_site.source_texts import as_written
from offers import events
from offers.errors import (
    MemberNotFound,
    OfferCompleted,
    OfferDeclined,
    OfferExpired,
    OfferNotAccepted,
    OfferNotActive,
    OfferNotEffectiveYet,
    OfferNotShownYet,
    OfferNotTargeted,
)
from offers.members import Named, in_sight, member_id, whose
from offers.models import CustomerOffer, Offer

State = CustomerOffer.State


class Answer(StrEnum):
    """What a customer can say. UNACCEPTED takes an acceptance back and is never a state."""

    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    UNACCEPTED = "UNACCEPTED"


# answer → the state it leads to, and those it leads there from; from any other it changes nothing
STEPS: dict[Answer, tuple[State, frozenset[State]]] = {
    Answer.ACCEPTED: (State.ACCEPTED, frozenset({State.NONE})),
    Answer.DECLINED: (State.DECLINED, frozenset({State.NONE, State.ACCEPTED})),
    Answer.UNACCEPTED: (State.NONE, frozenset({State.ACCEPTED})),
}


@dataclass(frozen=True)
class Check:
    """A rule that stands in the way of an answer where `breached` says so."""

    breached: Callable[[CustomerOffer, datetime], bool]
    refusal: Callable[[CustomerOffer], DomainError]


# In the order in which they are told.
FINAL: Sequence[Check] = (
    Check(lambda given, at: given.state == State.DECLINED, lambda given: OfferDeclined(code=given.code)),
    Check(lambda given, at: given.state == State.COMPLETED, lambda given: OfferCompleted(code=given.code)),
)
LIVE: Sequence[Check] = (
    Check(
        lambda given, at: given.offer.status != Offer.Status.ACTIVE,
        lambda given: OfferNotActive(status=given.offer.status),
    ),
    Check(
        lambda given, at: given.expires_at is not None and at > given.expires_at,
        lambda given: OfferExpired(expires_at=given.expires_at),
    ),
    Check(
        lambda given, at: at < given.displayed_from,
        lambda given: OfferNotShownYet(displayed_from=given.displayed_from),
    ),
)
FULFILLED: Sequence[Check] = (
    Check(lambda given, at: given.state != State.ACCEPTED, lambda given: OfferNotAccepted(state=given.state)),
    Check(
        lambda given, at: at < given.effective_from,
        lambda given: OfferNotEffectiveYet(effective_from=given.effective_from),
    ),
)


# One round trip on PostgreSQL, the audit entry included. The codes of a customer's offers differ.
STEP = """
UPDATE offers_customeroffer SET state = %s, accepted_at = %s, version = version + 1
WHERE customer_id = {whose} AND code = %s AND state IN ({steps_from})
  AND displayed_from <= %s AND (expires_at IS NULL OR expires_at >= %s)
  AND EXISTS (SELECT 1 FROM offers_offer o WHERE o.id = offers_customeroffer.offer_id AND o.status = 'ACTIVE')
  AND EXISTS (SELECT 1 FROM customers_customer c
              WHERE c.id = offers_customeroffer.customer_id AND c.status <> 'erased' {in_sight})
RETURNING id, version, customer_id, effective_from, expires_at
"""


@unit_of_work
def respond(customer: Named, code: str, answer: Answer, *, actor: Actor, at: datetime) -> CustomerOffer:
    """Note what the customer says to the offer with that code. What was said before already changes nothing.

    Raises OfferNotTargeted, OfferDeclined, OfferCompleted, OfferNotActive, OfferExpired and OfferNotShownYet.
    """
    state, steps_from = STEPS[answer]
    accepted_at = at if state == State.ACCEPTED else None
    given = _step(customer, code, state, steps_from, accepted_at, actor=actor, at=at)
    if given is not None:
        return given
    given = _locked(_targeted(customer, code, at), code)
    _refuse(given, at, *FINAL, *LIVE)
    if given.state not in steps_from:
        return given  # said before
    # It came to that state while this answer waited for the row, which is held now: only the offer itself can change.
    return respond(given.customer_id, code, answer, actor=actor, at=at)


@unit_of_work
def complete(customer_id: UUID, code: str, *, actor: Actor, at: datetime, reason: str = "") -> CustomerOffer:
    """Note that the customer has fulfilled an accepted offer, for good.

    Raises what `respond` raises, OfferNotAccepted and OfferNotEffectiveYet.
    """
    given = _locked(customer_id, code)
    _refuse(given, at, *FINAL, *LIVE, *FULFILLED)
    given.state, given.version = State.COMPLETED, given.version + 1
    given.save(update_fields=["state", "version"])
    entry = audit.entry("offer completed", given, actor=actor, at=at, after=_facts(given), reason=reason)
    execute_together([insert(entry), *told(events.completed(given, at=at))])
    return given


def _targeted(customer: Named, code: str, at: datetime) -> UUID:
    if isinstance(customer, UUID):
        return customer
    try:
        return member_id(customer, at)
    except MemberNotFound as unknown:
        raise OfferNotTargeted(code=code) from unknown


def _locked(customer_id: UUID, code: str) -> CustomerOffer:
    mine = CustomerOffer.objects.select_related("offer").filter(customer=customer_id, code=code)
    given = mine.exclude(customer__status=Customer.Status.ERASED).select_for_update(of=("self",)).first()
    if given is None:
        raise OfferNotTargeted(code=code)
    return given


def _refuse(given: CustomerOffer, at: datetime, *checks: Check) -> None:
    for check in checks:
        if check.breached(given, at):
            raise check.refusal(given)


def _step(
    customer: Named,
    code: str,
    state: State,
    steps_from: frozenset[State],
    accepted_at: datetime | None,
    *,
    actor: Actor,
    at: datetime,
) -> CustomerOffer | None:
    """Go there from one of those states, if the offer is live. None: nothing changed."""
    given = CustomerOffer(code=code, state=state, accepted_at=accepted_at)
    entry = audit.entry(f"offer {as_written(state.label)}", given, actor=actor, at=at, after={"state": state.value})
    answered = events.answered(given, at=at)
    followers = [
        Follower(entry, {"object_id": "id"}),
        Follower(answered, {"object_id": "id", "customer_id": "customer_id"}, condition_of(answered.kind)),
    ]
    changed = change_and_insert(_step_statement(customer, given, steps_from, at), followers)
    if changed is None:
        return None
    given.pk, given.version, given.customer_id = uuid_of(changed[0]), changed[1], uuid_of(changed[2])
    given.effective_from, given.expires_at = (
        fetched(CustomerOffer, field, value)
        for field, value in zip(("effective_from", "expires_at"), changed[3:], strict=True)
    )
    return given


def _step_statement(customer: Named, given: CustomerOffer, steps_from: frozenset[State], at: datetime) -> Statement:
    now = prepared(CustomerOffer, "displayed_from", at)
    accepted_at = prepared(CustomerOffer, "accepted_at", given.accepted_at)
    whose_sql, whose_params = whose(customer, at)
    seen_sql, seen_params = in_sight(customer)
    sql = STEP.format(whose=whose_sql, steps_from=", ".join(["%s"] * len(steps_from)), in_sight=seen_sql)
    states = [state.value for state in steps_from]
    return sql, [given.state, accepted_at, *whose_params, given.code, *states, now, now, *seen_params]


def _facts(given: CustomerOffer) -> dict[str, str | int]:
    return {"state": given.state, "version": given.version}
