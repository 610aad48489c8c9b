"""The movements of points as people know them: what somebody added and what somebody took.

A correction or an expiry is not listed as a movement of its own: it is the state of what it corrected or ended. Rule:
Open Loyalty, "Points transfers", which has the states active, expired and canceled and no rows for how they came about.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Abs

from points.days import day_of
from points.models import Transfer
from points.questions import TransferQuerySet

ADDITIONS = [Transfer.Kind.EARN]
SPENDINGS = [Transfer.Kind.SPEND, Transfer.Kind.DEDUCT]
CORRECTED = Q(Exists(Transfer.objects.order_by().filter(corrects=OuterRef("pk"))))


class State(StrEnum):
    ACTIVE = "active"
    EXPIRED = "expired"
    CANCELED = "canceled"


def movements() -> TransferQuerySet:
    """Additions and spendings, with the customer each row shows, its size as `value`, and whether it is `corrected`."""
    listed = Transfer.objects.for_lists().filter(kind__in=[*ADDITIONS, *SPENDINGS])
    return listed.annotate(value=Abs("points"), corrected=CORRECTED)


def state_of(movement: Transfer, at: datetime) -> State:
    """An addition is active until it is cancelled or its last day has passed, whether or not it is spent by then; a
    spending is active unless it was given back.
    """
    if movement.corrected:
        return State.CANCELED
    passed = movement.expires_on is not None and movement.expires_on < day_of(at)
    return State.EXPIRED if passed else State.ACTIVE


def in_states(states: Collection[State], at: datetime) -> Q:
    """The movements in any of these states, as a condition."""
    passed = Q(expires_on__isnull=False, expires_on__lt=day_of(at))
    each = {State.CANCELED: CORRECTED, State.EXPIRED: ~CORRECTED & passed, State.ACTIVE: ~CORRECTED & ~passed}
    found = Q(pk__in=[])
    for state in states:
        found |= each[state]
    return found
