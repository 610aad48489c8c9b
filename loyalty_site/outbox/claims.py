"""Which deliveries a worker takes, and what it may keep of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from loyalty_site.database import fetch_all, on_postgresql, prepared
from loyalty_site.outbox.backoff import Draw, next_try
from loyalty_site.outbox.models import Delivery, Subscription
from loyalty_site.outbox.outcomes import Outcome

Receiver = UUID | None  # a subscription's id, or all mail
MAIL: Receiver = None

LEASE = timedelta(minutes=2)  # a try takes seconds: whoever has not kept its outcome by then is dead

# In a clause of its own, so that PostgreSQL looks for rows once and no worker waits for another.
CLAIM = """
WITH due AS (
    SELECT id FROM outbox_delivery
    WHERE state = 'waiting' AND next_at <= %s AND subscription_id {receiver}
    ORDER BY next_at LIMIT %s {skip_locked}
)
UPDATE outbox_delivery SET next_at = %s, attempts = attempts + 1 WHERE id IN (SELECT id FROM due)
RETURNING id
"""


@dataclass(frozen=True)
class Claim:
    """A worker's hold on a delivery, until the lease is over."""

    delivery: int
    receiver: Receiver
    attempt: int
    failures: int  # before this try


def receivers_due(*, at: datetime) -> list[Receiver]:
    """Those that something is to be sent to now."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=at)
    to_it = due.filter(subscription=OuterRef("pk"))
    found: list[Receiver] = list(Subscription.objects.open().filter(Exists(to_it)).values_list("pk", flat=True))
    return [*found, MAIL] if due.filter(subscription=None).exists() else found


def claim(receiver: Receiver, most: int, *, at: datetime) -> list[Delivery]:
    """Take so many of the receiver's deliveries at most, the longest due first, with what is to be sent."""
    sql = CLAIM.format(
        receiver="IS NULL" if receiver is MAIL else "= %s",
        skip_locked="FOR UPDATE SKIP LOCKED" if on_postgresql() else "",
    )
    now, over = prepared(Delivery, "next_at", at), prepared(Delivery, "next_at", at + LEASE)
    subject = [] if receiver is MAIL else [prepared(Delivery, "subscription", receiver)]
    taken = [key for (key,) in fetch_all(sql, [now, *subject, most, over])]
    return list(Delivery.objects.filter(pk__in=taken).select_related("event", "subscription").order_by("pk"))


def claim_of(delivery: Delivery) -> Claim:
    return Claim(delivery.pk, delivery.subscription_id, delivery.attempts, delivery.failures)


def keep(held: Claim, outcome: Outcome, *, at: datetime, draw: Draw | None = None) -> bool:
    """Write down how it went. False: another worker has taken it since, and what it finds out counts."""
    with transaction.atomic():
        mine = Delivery.objects.filter(pk=held.delivery, attempts=held.attempt, state=Delivery.State.WAITING)
        changes = _changes(held, outcome, at, draw)
        said = {"last_at": at, "last_status": outcome.status, "last_answer": outcome.kept_answer}
        if not mine.update(**said, **changes):
            return False
        if held.receiver is not MAIL:
            _note_health(held.receiver, outcome, at)
    return True


def _changes(held: Claim, outcome: Outcome, at: datetime, draw: Draw | None) -> dict[str, object]:
    if outcome.arrived or outcome.skipped:
        return {"state": Delivery.State.SENT if outcome.arrived else Delivery.State.SKIPPED, "next_at": None}
    failures = held.failures + 1
    again = None if outcome.final else next_try(failures, at=at, **({"draw": draw} if draw else {}))
    state = Delivery.State.FAILED if again is None else Delivery.State.WAITING
    return {"state": state, "next_at": again, "failures": failures}


def _note_health(subscription_id: UUID, outcome: Outcome, at: datetime) -> None:
    """What the last tries say of the receiver. Nothing is written while all goes well."""
    subscription = Subscription.objects.filter(pk=subscription_id)
    if outcome.arrived:
        subscription.exclude(failing_since=None).update(failing_since=None)
        return
    subscription.filter(failing_since=None).update(failing_since=at)
    open_one = subscription.filter(paused_at=None)
    if outcome.gone:
        open_one.update(paused_at=at, paused_because=_("The receiver said that it wants nothing more (410)."))
        return
    failing = open_one.filter(failing_since__lte=at - settings.WEBHOOK_PAUSED_AFTER)
    failing.update(paused_at=at, paused_because=_("Nothing has arrived for days."))
