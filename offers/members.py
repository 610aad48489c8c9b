"""Whom a partner's call is about. Rule: Exchange Solutions, "Start Session for User Account"."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from customers.models import Customer
from loyalty_site.database import Statement, fetch_one, prepared, uuid_of
from offers.errors import MemberNotFound
from offers.models import MemberSession


@dataclass(frozen=True)
class Correlation:
    """The id in a call: that of one of the partner's sessions, or else the customer's own, where the text is one.

    A caller that is bound to a store names only that store's customers and those of none.
    """

    partner_id: UUID
    text: str
    account_id: UUID | None
    store_id: UUID | None = None


Named = UUID | Correlation  # a customer as a service is told of one

BY_SESSION = """
COALESCE((SELECT s.customer_id FROM offers_membersession s
          WHERE s.partner_id = %s AND s.correlation_id = %s AND s.expires_at > %s), %s)
"""
MEMBER = "SELECT c.id FROM customers_customer c WHERE c.id = {whose} AND c.status <> %s {in_sight}"
IN_SIGHT = "AND (c.store_id = %s OR c.store_id IS NULL)"


def whose(customer: Named, at: datetime) -> Statement:
    """The customer's id as an expression within a statement: NULL where a session is named that there is not."""
    if isinstance(customer, UUID):
        return "%s", [prepared(MemberSession, "customer", customer)]
    partner = prepared(MemberSession, "partner", customer.partner_id)
    account = customer.account_id and prepared(MemberSession, "customer", customer.account_id)
    return BY_SESSION, [partner, customer.text, prepared(MemberSession, "expires_at", at), account]


def in_sight(customer: Named) -> Statement:
    """A further condition on the customer `c` within a statement: that whoever names one may see that one."""
    if isinstance(customer, UUID) or customer.store_id is None:
        return "", []
    return IN_SIGHT, [prepared(Customer, "store", customer.store_id)]


def member_id(customer: Named, at: datetime) -> UUID:
    """The id of the customer who is named. Raises MemberNotFound."""
    sql, params = whose(customer, at)
    seen_sql, seen_params = in_sight(customer)
    statement = MEMBER.format(whose=sql, in_sight=seen_sql)
    row = fetch_one(statement, [*params, Customer.Status.ERASED.value, *seen_params])
    if row is None:
        raise MemberNotFound
    return uuid_of(row[0])
