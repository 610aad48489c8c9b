"""Sessions that partners open for customers. Rule: Exchange Solutions, "Start Session for User Account".

The same id for the same customer opens the session anew. No id ever stands for two customers at once.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from customers.models import Customer
from loyalty_site.database import fetch_one, prepared, unit_of_work
from offers.errors import MemberNotFound, SessionIdTaken
from offers.members import Correlation
from offers.models import MemberSession

OPEN = """
INSERT INTO offers_membersession AS session (partner_id, correlation_id, customer_id, channel, started_at, expires_at)
SELECT %s, %s, c.id, %s, %s, %s FROM customers_customer c
WHERE c.id = %s AND c.status <> %s AND NOT EXISTS (SELECT 1 FROM customers_customer o WHERE o.id = %s AND o.id <> c.id)
ON CONFLICT (partner_id, correlation_id) DO UPDATE SET customer_id = excluded.customer_id, channel = excluded.channel,
    started_at = excluded.started_at, expires_at = excluded.expires_at
WHERE session.customer_id = excluded.customer_id OR session.expires_at <= excluded.started_at
RETURNING id
"""
STORED = ("partner", "correlation_id", "channel", "started_at", "expires_at")


@unit_of_work
def start(names: Correlation, customer_id: UUID, channel: str, *, at: datetime) -> MemberSession:
    """Let the id stand for the customer until the session ends. Raises MemberNotFound and SessionIdTaken."""
    made = MemberSession(
        partner_id=names.partner_id,
        correlation_id=names.text,
        customer_id=customer_id,
        channel=channel,
        started_at=at,
        expires_at=at + settings.MEMBER_SESSION_LIFETIME,
    )
    customer = prepared(MemberSession, "customer", customer_id)
    row = fetch_one(OPEN, [*_stored(made), customer, Customer.Status.ERASED.value, _own(names.account_id)])
    if row is None:
        raise _refusal(made)
    made.pk = row[0]
    return made


def purge(*, at: datetime) -> int:
    """Forget the sessions that have ended. Returns how many."""
    return MemberSession.objects.filter(expires_at__lte=at).delete()[0]


def _stored(made: MemberSession) -> list[object]:
    fields = [MemberSession._meta.get_field(name) for name in STORED]
    return [prepared(MemberSession, field.name, getattr(made, field.attname)) for field in fields]


def _own(account_id: UUID | None) -> object:
    return account_id and prepared(MemberSession, "customer", account_id)


def _refusal(made: MemberSession) -> Exception:
    known = Customer.objects.exclude(status=Customer.Status.ERASED)
    if not known.filter(pk=made.customer_id).exists():
        return MemberNotFound()
    return SessionIdTaken()
