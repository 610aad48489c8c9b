"""Who has to wait after too many wrong passwords or codes, and letting them try again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor, Role
from loyalty_site.access.attempts import ACCOUNT, ADDRESS, CODE, name_digest
from loyalty_site.access.models import AttemptCounter, LockOut, User
from loyalty_site.database import unit_of_work


@dataclass(frozen=True)
class Locked:
    """What a counter is about: an account from an address, an account's codes, or an address."""

    user: User | None  # None: no account of ours has the name, or it is a customer's
    address: str  # empty: from everywhere


def now_locked(at: datetime) -> QuerySet[LockOut]:
    """The counters that have reached their limit and whose time is not over."""
    reached = Q(pk__in=())
    for prefix, limit in (
        (ACCOUNT, settings.LOGIN_LIMIT_ACCOUNT),
        (CODE, settings.LOGIN_LIMIT_ACCOUNT),
        (ADDRESS, settings.LOGIN_LIMIT_ADDRESS),
    ):
        if limit:
            reached |= Q(key__startswith=prefix, count__gte=limit)
    return LockOut.objects.filter(reached, window_ends_at__gt=at)


def whom(rows: Iterable[AttemptCounter]) -> dict[str, Locked]:
    """By the counters' keys. Counters keep names as digests: those of accounts that are not customers' are tried."""
    keys = [row.key for row in rows]
    people = {str(user.pk): user for user in User.objects.exclude(role=Role.CUSTOMER)} if keys else {}
    named = {name_digest(name): user for user in people.values() for name in (user.username, user.email) if name}
    found = {}
    for key in keys:
        prefix, told = key[: key.index(":") + 1], key.partition(":")[2]
        if prefix == ADDRESS:
            found[key] = Locked(None, told)
        elif prefix == CODE:
            found[key] = Locked(people.get(told), "")
        else:
            digest, _, address = told.partition(":")
            found[key] = Locked(named.get(digest), address)
    return found


@unit_of_work
def clear(rows: QuerySet[LockOut], *, actor: Actor, at: datetime) -> int:
    """Let them try again. Returns how many could not before."""
    chosen = list(rows)
    for locked in whom(chosen).values():
        facts = {"address": locked.address} if locked.address else {"address": "any"}
        audit.record("lock-out cleared", locked.user or LockOut, actor=actor, at=at, before=facts)
    return AttemptCounter.objects.filter(pk__in=[row.pk for row in chosen]).delete()[0]
