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
    """The id in a call: that of one of the partner's sessions, or else the customer's own, where the text is one."""

    partner_id: UUID
    text: str
    account_id: UUID | None


Named = UUID | Correlation  # a customer as a service is told of one

BY_SESSION = """
COALESCE((SELECT s.customer_id FROM offers_membersession s
          WHERE s.partner_id = %s AND s.correlation_id = %s AND s.expires_at > %s), %s)
"""
MEMBER = "SELECT c.id FROM customers_customer c WHERE c.id = {whose} AND c.status <> %s"


def whose(customer: Named, at: datetime) -> Statement:
    """The customer's id as an expression within a statement: NULL where a session is named that there is not."""
    if isinstance(customer, UUID):
        return "%s", [prepared(MemberSession, "customer", customer)]
    partner = prepared(MemberSession, "partner", customer.partner_id)
    account = customer.account_id and prepared(MemberSession, "customer", customer.account_id)
    return BY_SESSION, [partner, customer.text, prepared(MemberSession, "expires_at", at), account]


def member_id(customer: Named, at: datetime) -> UUID:
    """The id of the customer who is named. Raises MemberNotFound."""
    sql, params = whose(customer, at)
    row = fetch_one(MEMBER.format(whose=sql), [*params, Customer.Status.ERASED.value])
    if row is None:
        raise MemberNotFound
    return uuid_of(row[0])
