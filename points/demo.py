"""The demo's points. They expire in years, so that the balances stay as they are documented: Jane 206, John 106.

But for Jane's first hundred: it was spent in time, and its last day has passed. Rule: Open Loyalty's sample data.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from customers.demo import JANE, JOHN, TOM
from loyalty_site.access.actors import SYSTEM, Actor
from loyalty_site.access.demo import MARKETING
from loyalty_site.access.models import User
from points import ledger, services
from points.adjustments.models import AdjustmentReason
from points.adjustments.services import adjust
from points.days import day_of
from points.ledger import Note
from points.models import Account, Transfer

Channel = Transfer.Channel
Movement = tuple[str, UUID, int, int, Channel, str]

FIRST_HUNDRED = "e82c96cf-32a3-43bd-9034-4df343e5f111"
# id, customer, points, days ago, channel, comment; in the order in which they happened
MOVEMENTS: list[Movement] = [
    (FIRST_HUNDRED, JANE, 100, 29, Channel.SYSTEM, ""),
    ("e82c96cf-32a3-43bd-9034-4df343e5f211", JOHN, 100, 29, Channel.SYSTEM, ""),
    ("e82c96cf-32a3-43bd-9034-4df343e5f433", JANE, 100, 29, Channel.SYSTEM, ""),
    ("e82c96cf-32a3-43bd-9034-4df343e5f222", JANE, 100, 3, Channel.SYSTEM, ""),
    ("e82c96cf-32a3-43bd-9034-4df343e5f333", JANE, -100, 2, Channel.SYSTEM, "Example comment"),
    ("e82c96cf-32a3-43bd-9034-4df343e5f511", JOHN, 6, 1, Channel.SALE, "transaction 456"),
    ("e82c96cf-32a3-43bd-9034-4df343e5f522", JANE, 6, 1, Channel.SALE, "transaction 789"),
    ("e82c96cf-32a3-43bd-9034-4df343e5f611", TOM, 1000, 10, Channel.SYSTEM, "welcome"),
]
VALID = timedelta(days=3 * 366)
VALID_FIRST = timedelta(days=28)


def load(say: Callable[[str], None], at: datetime) -> None:
    """Add the demo's movements, unless the accounts are there."""
    if Account.objects.filter(pk=JANE).exists():
        say("points are there already")
        return
    for movement in MOVEMENTS:
        _move(movement, at)
    _ask(at)
    say(f"{len(MOVEMENTS)} movements of points, and one that waits for approval")


def _ask(now: datetime) -> None:
    """Marketing asks for more than it may give alone; whoever may approve finds it on the start page."""
    marketing, at = User.objects.filter(pk=MARKETING).first(), now - timedelta(hours=3)
    if marketing is not None:
        actor = Actor("user", str(marketing.pk), marketing.username)
        reason = AdjustmentReason.objects.get(code="complaint")
        adjust(TOM, 2_500, reason=reason, text="Two parcels in a row came late", actor=actor, at=at)


def _move(movement: Movement, now: datetime) -> None:
    transfer_id, customer_id, points, days_ago, channel, comment = movement
    at, note = now - timedelta(days=days_ago), Note(channel=channel, actor=SYSTEM, comment=comment)
    valid = VALID_FIRST if transfer_id == FIRST_HUNDRED else VALID
    if points > 0:
        transfer = ledger.deposit(customer_id, points, day_of(at + valid), at=at, note=note)
    else:
        transfer = ledger.withdraw(customer_id, -points, Transfer.Kind.SPEND, at=at, note=note)
    transfer.pk = UUID(transfer_id)
    services.write(transfer, note)
