"""Points whose last day has passed leave the books: before any movement of their account, and by night for the rest."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from loyalty_site.access.actors import SYSTEM
from loyalty_site.database import fetch_all, prepared, uuid_of
from loyalty_site.outbox.telling import tell_all
from points import events
from points.days import day_of
from points.models import Account, Bucket, Transfer

EMPTY_DUE = """
UPDATE points_bucket SET points = 0, moved = -points
WHERE account_id IN ({accounts}) AND expires_on < %s AND points > 0
RETURNING account_id, expires_on, moved
"""

LOWER_BALANCES = """
WITH due (customer_id, points) AS (VALUES {lines})
UPDATE points_account
SET balance = balance - due.points, expired = expired + due.points, sequence = sequence + 1
FROM due WHERE points_account.customer_id = due.customer_id
RETURNING points_account.customer_id, balance, sequence
"""


def expire_account(customer_id: UUID, *, at: datetime) -> None:
    """Expire what is due in one account, which stays locked until the transaction ends."""
    expire_accounts([customer_id], at=at)


def expire_accounts(customer_ids: Sequence[UUID], *, at: datetime) -> int:
    """Expire what is due in these accounts, in one transaction of the caller's. Returns how many points went."""
    accounts = Account.objects.select_for_update(no_key=True).filter(pk__in=customer_ids).order_by("pk")
    held = [account.pk for account in accounts]
    lost = _empty_due_buckets(held, day_of(at)) if held else {}
    if not lost:
        return 0
    totals = {account: -sum(change["points"] for change in changes) for account, changes in lost.items()}
    after = _lower_balances(totals)
    expired = [
        Transfer(
            account_id=account,
            sequence=after[account][1],
            kind=Transfer.Kind.EXPIRE,
            points=-points,
            balance_after=after[account][0],
            buckets=lost[account],
            channel=Transfer.Channel.EXPIRY,
            actor=SYSTEM.key,
            actor_label=SYSTEM.label,
            created_at=at,
        )
        for account, points in totals.items()
    ]
    Transfer.objects.bulk_create(expired)
    tell_all(events.POINTS_EXPIRED, lambda: [events.moved(transfer) for transfer in expired])
    return sum(totals.values())


def _empty_due_buckets(accounts: Sequence[UUID], today: date) -> dict[UUID, list[dict[str, Any]]]:
    keys = [prepared(Account, "customer", account) for account in accounts]
    sql = EMPTY_DUE.format(accounts=", ".join(["%s"] * len(keys)))
    lost = defaultdict(list)
    for account, day, moved in sorted(fetch_all(sql, [*keys, prepared(Bucket, "expires_on", today)])):
        lost[uuid_of(account)].append({"expires_on": str(day), "points": moved})
    return lost


def _lower_balances(totals: dict[UUID, int]) -> dict[UUID, tuple[int, int]]:
    sql = LOWER_BALANCES.format(lines=", ".join(["(%s, %s)"] * len(totals)))
    params = [value for account, points in totals.items() for value in (prepared(Account, "customer", account), points)]
    return {uuid_of(account): (balance, sequence) for account, balance, sequence in fetch_all(sql, params)}
