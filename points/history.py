"""The movements of points as people know them: what somebody added and what somebody took.

A correction or an expiry is not listed as a movement of its own: it is the state of what it corrected or ended. Rule:
Open Loyalty, "Points transfers", which has the states active, expired and canceled and no rows for how they came about.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Abs

from points.days import day_of
from points.models import Transfer
from points.questions import TransferQuerySet

ADDITIONS = [Transfer.Kind.EARN]
SPENDINGS = [Transfer.Kind.SPEND, Transfer.Kind.DEDUCT]
# That it is set is said besides, so that those who ask of everybody read the few corrections and no more.
CORRECTED = Q(Exists(Transfer.objects.order_by().filter(corrects=OuterRef("pk"), corrects__isnull=False)))


class State(StrEnum):
    ACTIVE = "active"
    EXPIRED = "expired"
    CANCELED = "canceled"


def movements() -> TransferQuerySet:
    """Additions and spendings, with the size of each as `value`."""
    return Transfer.objects.filter(kind__in=[*ADDITIONS, *SPENDINGS]).annotate(value=Abs("points"))


def corrected_among(listed: Iterable[Transfer]) -> set[UUID]:
    """The ids of those that were cancelled or given back."""
    ids = [movement.pk for movement in listed]
    return set(Transfer.objects.order_by().filter(corrects__in=ids).values_list("corrects", flat=True))


def state_of(movement: Transfer, at: datetime, *, corrected: bool) -> State:
    """An addition is active until it is cancelled or its last day has passed, whether or not it is spent by then; a
    spending is active unless it was given back.
    """
    if corrected:
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
