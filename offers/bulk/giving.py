"""Giving a batch's offer to some of its customers, in one statement. Rules: offers/assigning.py.

Who is blocked is left out, and so is who has the offer already unless the batch repeats it.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from customers.models import Customer
from loyalty_site.database import among, fetch_all, prepared, random_uuid, uuid_of
from loyalty_site.outbox.telling import tell_all
from offers.batch_models import GiftBatch
from offers.events import OFFER_ASSIGNED, assigned
from offers.models import CustomerOffer, Offer

SOURCE = "admin"


class Fate(StrEnum):
    """What becomes of one customer; in a job's outcome the words are labels."""

    GIVEN = "Offers given"
    HAS_IT = "Have it already"
    BLOCKED = "Blocked"
    GONE = "Erased, or not there any more"


# The offer and every customer are checked by the statement that writes, so that neither can change in between.
GIVE = """
INSERT INTO offers_customeroffer (id, trace_id, offer_id, customer_id, code, rank, displayed_from, effective_from,
                                  expires_at, state, accepted_at, version, source, reference, partner_id, given_at,
                                  batch_id)
SELECT {uuid}, {uuid}, o.id, c.id, {code}, o.rank, %s, %s, %s, 'NONE', NULL, 1, %s, %s, NULL, %s, %s
FROM customers_customer c CROSS JOIN offers_offer o
WHERE c.id {among} AND c.status NOT IN ('erased', 'blocked') AND o.id = %s AND o.status = 'ACTIVE'
ON CONFLICT DO NOTHING
RETURNING customer_id, id, code
"""
NEW_CODE = "upper(replace(CAST({uuid} AS text), '-', ''))"
OWN_CODE = f"""
CASE WHEN EXISTS (SELECT 1 FROM offers_customeroffer had WHERE had.customer_id = c.id AND had.code = o.code)
THEN {NEW_CODE} ELSE o.code END
"""


def fated(customers: QuerySet, offer: Offer, *, repeat: bool, at: datetime) -> QuerySet:
    """Adds to customers who were not erased what would become of each, as `fate`."""
    unexpired = Q(expires_at=None) | Q(expires_at__gte=at)
    has_it = Exists(CustomerOffer.objects.filter(unexpired, customer=OuterRef("pk"), offer=offer))
    cases = [When(status=Customer.Status.BLOCKED, then=Value(Fate.BLOCKED.name))]
    if not repeat:
        cases.append(When(has_it, then=Value(Fate.HAS_IT.name)))
    return customers.annotate(fate=Case(*cases, default=Value(Fate.GIVEN.name), output_field=CharField()))


def give(batch: GiftBatch, customer_ids: Sequence[UUID], *, at: datetime) -> Counter[Fate]:
    """Give it to those of them who may have it. Returns what became of how many. In a step's transaction."""
    present = Customer.objects.filter(pk__in=customer_ids).exclude(status=Customer.Status.ERASED).order_by("pk")
    fates = fated(present, batch.offer, repeat=batch.repeat, at=at).values_list("pk", "fate")
    told = {customer_id: Fate[name] for customer_id, name in fates}
    chosen = [customer_id for customer_id, fate in told.items() if fate == Fate.GIVEN]
    given = _write(batch, chosen, OWN_CODE, at)
    missed = [customer_id for customer_id in chosen if customer_id not in given]
    if missed and batch.repeat:  # another call took the offer's own code just now
        given |= _write(batch, missed, NEW_CODE, at)
    counted = Counter(told.values())
    counted[Fate.GIVEN] = len(given)
    counted[Fate.GONE] = len(customer_ids) - len(told)
    counted[Fate.HAS_IT] += len(chosen) - len(given)  # by another call that came between
    return +counted


def _write(batch: GiftBatch, customer_ids: Sequence[UUID], code: str, at: datetime) -> set[UUID]:
    """Returns whom it was given to."""
    if not customer_ids:
        return set()
    uuid, (among_them, ids) = random_uuid(), among(Customer, "id", customer_ids)
    begins, expires = _value("effective_from", batch.begins_at), _value("expires_at", batch.expires_at)
    origin = [SOURCE, batch.reference, _value("given_at", at), _value("batch", batch.pk)]
    sql = GIVE.format(uuid=uuid, code=code.format(uuid=uuid), among=among_them)
    rows = fetch_all(sql, [begins, begins, expires, *origin, *ids, _value("offer", batch.offer_id)])
    tell_all(OFFER_ASSIGNED, lambda: [assigned(_given(batch, row, at)) for row in rows])
    return {uuid_of(row[0]) for row in rows}


def _given(batch: GiftBatch, row: tuple[Any, ...], at: datetime) -> CustomerOffer:
    """What was written, as its event tells it."""
    customer_id, pk, code = row
    return CustomerOffer(
        pk=uuid_of(pk),
        offer_id=batch.offer_id,
        customer_id=uuid_of(customer_id),
        code=code,
        source=SOURCE,
        reference=batch.reference,
        effective_from=batch.begins_at,
        expires_at=batch.expires_at,
        given_at=at,
    )


def _value(field: str, value: object) -> Any:
    return prepared(CustomerOffer, field, value)
