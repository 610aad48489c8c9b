"""Giving an offer to one customer. Rules: RBI, "Assign Offer".

Giving the same offer again gives it once more, under a code of its own: a customer's codes differ.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import execute_together, fetch_one, insert, prepared, unit_of_work
from loyalty_site.outbox.telling import told
from offers import events
from offers.errors import DatesInDisorder, OfferNotFound
from offers.models import CustomerOffer, Offer, new_code


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What one customer is given: when, by whom and why. Without `expires_at` it does not expire."""

    displayed_from: datetime
    effective_from: datetime
    expires_at: datetime | None
    rank: int | None = None  # None: the offer's own
    source: str = ""
    reference: str = ""
    partner_id: UUID | None = None  # None: staff, who may give any offer that is switched on
    local_time: str = ""  # what the customer's clock showed, as the caller says
    trace_id: UUID | None = None  # what the caller was told before; None: a new one


# Customer and offer are checked by the statement that writes, so that neither can change in between.
GIVE = """
INSERT INTO offers_customeroffer (id, trace_id, offer_id, customer_id, code, rank, displayed_from, effective_from,
                                  expires_at, state, accepted_at, version, source, reference, partner_id, given_at)
SELECT %s, %s, o.id, c.id, {code}, COALESCE(%s, o.rank), %s, %s, %s, 'NONE', NULL, 1, %s, %s, %s, %s
FROM offers_offer o, customers_customer c
WHERE o.id = %s AND o.status = 'ACTIVE' AND c.id = %s AND c.status <> 'erased' {released}
ON CONFLICT (customer_id, code) DO NOTHING
RETURNING code
"""
# The offer's own, unless the customer has it.
OWN_CODE = """
CASE WHEN EXISTS (SELECT 1 FROM offers_customeroffer had WHERE had.customer_id = c.id AND had.code = o.code)
THEN %s ELSE o.code END
"""
RELEASED = "AND EXISTS (SELECT 1 FROM offers_offer_partners r WHERE r.offer_id = o.id AND r.partner_id = %s)"


@unit_of_work
def assign(offer_id: UUID, customer_id: UUID, terms: Terms, *, actor: Actor, at: datetime) -> CustomerOffer:
    """Give the customer the offer. Raises DatesInDisorder, CustomerNotFound and OfferNotFound."""
    if not _in_order(terms):
        raise DatesInDisorder(displayed_from=terms.displayed_from, expires_at=terms.expires_at)
    given = CustomerOffer(
        offer_id=offer_id,
        customer_id=customer_id,
        trace_id=terms.trace_id or uuid4(),
        displayed_from=terms.displayed_from,
        effective_from=terms.effective_from,
        expires_at=terms.expires_at,
        rank=terms.rank,
        source=terms.source,
        reference=terms.reference,
        partner_id=terms.partner_id,
        given_at=at,
    )
    code = _give(given, OWN_CODE) or _give(given, "%s")  # the second where another call took the code just now
    if code is None:
        raise _refusal(given)
    given.code = code
    facts = {"customer": str(customer_id)}  # no texts about the person, which the trail could never forget
    if terms.local_time:
        facts |= {"local_time": terms.local_time}
    entry = audit.entry("offer given", given, actor=actor, at=at, after=facts)
    execute_together([insert(entry), *told(events.assigned(given))])
    return given


def _give(given: CustomerOffer, code: str) -> str | None:
    """The code it was given under. None: the customer has that code, or there is no such customer or live offer."""

    def value(field: str) -> object:
        attname = CustomerOffer._meta.get_field(field).attname
        return prepared(CustomerOffer, field, getattr(given, attname))

    dates = [value(field) for field in ("displayed_from", "effective_from", "expires_at")]
    origin = [value(field) for field in ("source", "reference", "partner", "given_at")]
    subject = [value("offer"), value("customer"), *([value("partner")] if given.partner_id else [])]
    sql = GIVE.format(code=code, released=RELEASED if given.partner_id else "")
    params = [value("id"), value("trace_id"), new_code(), given.rank, *dates, *origin, *subject]
    row = fetch_one(sql, params)
    return row and row[0]


def _in_order(terms: Terms) -> bool:
    return terms.displayed_from <= terms.effective_from <= (terms.expires_at or terms.effective_from)


def _refusal(given: CustomerOffer) -> Exception:
    """The customer is asked for first, as RBI's errors are told."""
    known = Customer.objects.exclude(status=Customer.Status.ERASED)
    if not known.filter(pk=given.customer_id).exists():
        return CustomerNotFound(id=given.customer_id)
    return OfferNotFound(id=given.offer_id, live=Offer.objects.filter(pk=given.offer_id).exists())
