"""The shape of every movement: account first, buckets next, then the row of the ledger.

A movement changes the account and its buckets at once and returns its ledger row unsaved, so that a caller may insert
it together with rows of its own. Not inserting it breaks the books: PostgreSQL refuses the commit.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from customers.errors import CustomerMayNotSpend, CustomerNotFound
from customers.models import Customer
from loyalty_site.access.actors import Actor
from points import statements
from points.days import day_of
from points.errors import NotEnoughPoints
from points.expiry import expire_account
from points.models import Account, Transfer
from points.statements import Balance, Change


@dataclass(frozen=True, kw_only=True)
class Note:
    """What a ledger row says about where the movement came from."""

    channel: Transfer.Channel
    actor: Actor
    comment: str = ""
    reference: str = ""
    partner: str = ""
    local_time: str = ""  # what the customer's clock showed, as the caller says
    id: UUID | None = None  # the row's, where the caller was told it before; None: a new one


def deposit(customer_id: UUID, points: int, expires_on: date, *, at: datetime, note: Note) -> Transfer:
    """Add points to the account and to that day's bucket.

    Raises CustomerNotFound; the transaction must not be committed then.
    """
    today = day_of(at)
    after = statements.credit(customer_id, points, today)
    if after is None:
        expire_account(customer_id, at=at)
        after = statements.credit(customer_id, points, today)
    if after is None:
        raise CustomerNotFound(id=customer_id)
    change = put(customer_id, expires_on, points)
    addition = row(customer_id, after, Transfer.Kind.EARN, points, [change], at=at, note=note)
    addition.expires_on = expires_on
    return addition


def withdraw(customer_id: UUID, points: int, kind: Transfer.Kind, *, at: datetime, note: Note) -> Transfer:
    """Take points from the account and from the buckets that expire soonest.

    A spending needs an active customer; a deduction does not. Raises CustomerNotFound, CustomerMayNotSpend and
    NotEnoughPoints; the transaction must not be committed then.
    """
    today, any_status = day_of(at), kind != Transfer.Kind.SPEND
    after = statements.debit(customer_id, points, today, any_status=any_status)
    if after is None:
        expire_account(customer_id, at=at)
        after = statements.debit(customer_id, points, today, any_status=any_status)
    if after is None:
        raise _refusal(customer_id, points, any_status)
    changes = statements.take_soonest(customer_id, points, today)
    held = -sum(change["points"] for change in changes)
    if held < points:  # the rest is past its day, and came while this movement waited for the account
        raise NotEnoughPoints(balance=held, needed=points)
    return row(customer_id, after, kind, -points, changes, at=at, note=note)


def put(customer_id: UUID, day: date, points: int) -> Change:
    """Add points to that day's bucket of the locked account. Raises CustomerNotFound for somebody who was erased."""
    change = statements.put(customer_id, day, points)
    if change is None:
        raise CustomerNotFound(id=customer_id)
    return change


def row(
    customer_id: UUID,
    after: Balance,
    kind: Transfer.Kind,
    points: int,
    changes: list[Change],
    *,
    at: datetime,
    note: Note,
    corrects: Transfer | None = None,
) -> Transfer:
    """The unsaved ledger row of a movement that account and buckets have made."""
    balance, sequence = after
    return Transfer(
        id=note.id or uuid4(),
        account_id=customer_id,
        sequence=sequence,
        kind=kind,
        points=points,
        balance_after=balance,
        buckets=changes,
        channel=note.channel,
        partner=note.partner,
        reference=note.reference,
        comment=note.comment,
        actor=note.actor.key,
        actor_label=note.actor.label[:255],
        created_at=at,
        corrects=corrects,
    )


def _refusal(customer_id: UUID, points: int, any_status: bool) -> Exception:
    """Why nothing was taken, in the order in which the rules are asked."""
    customer = Customer.objects.filter(pk=customer_id).exclude(status=Customer.Status.ERASED).first()
    if customer is None:
        return CustomerNotFound(id=customer_id)
    if not any_status and not customer.may_spend:
        return CustomerMayNotSpend(status=customer.status)
    balance = Account.objects.filter(pk=customer_id).values_list("balance", flat=True).first() or 0
    return NotEnoughPoints(balance=balance, needed=points)


def hold(customer_id: UUID) -> None:
    """Lock the customer's account without moving anything, making it if need be. Raises CustomerNotFound."""
    if statements.lock(customer_id) is None:
        raise CustomerNotFound(id=customer_id)


def hold_of_active(customer_id: UUID) -> None:
    """The same, of a customer who may spend. Raises CustomerMayNotSpend as well."""
    hold(customer_id)
    customer = Customer.objects.only("status").get(pk=customer_id)
    if not customer.may_spend:
        raise CustomerMayNotSpend(status=customer.status)
