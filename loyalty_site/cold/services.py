"""Writing a call down, and doing those that wait."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from loyalty_site.access.actors import Actor
from loyalty_site.cold.errors import PartnerSwitchedOff
from loyalty_site.cold.models import ColdCall
from loyalty_site.database import on_postgresql
from loyalty_site.errors import DomainError
from loyalty_site.outages import is_outage, retried

log = logging.getLogger(__name__)

Action = Callable[..., object]  # of the call, and `at`; may raise DomainError


def write_down(
    action: str, customer_id: UUID, arguments: Mapping[str, Any], *, partner_id: UUID, actor: Actor, at: datetime
) -> UUID:
    """Keep the call for a worker, in the caller's transaction. Returns its trace."""
    call = ColdCall(
        action=action,
        customer_id=customer_id,
        arguments=dict(arguments),
        partner_id=partner_id,
        actor_key=actor.key,
        actor_label=actor.label[:255],
        created_at=at,
    )
    call.save(force_insert=True)
    return call.pk


def do_next(at: datetime) -> bool:
    """A worker's duty: do the call that has waited longest. Says whether there may be another.

    Each in a transaction of its own, as a hot call: any number of workers take different ones.
    """
    return retried(lambda: _do_next(at))


def forget_refused(*, before: datetime) -> int:
    """Returns how many."""
    return ColdCall.objects.filter(refused_at__lt=before).delete()[0]


def _do_next(at: datetime) -> bool:
    waiting = ColdCall.objects.filter(state=ColdCall.State.WAITING).order_by("created_at", "pk")
    if not on_postgresql() and not waiting.exists():  # a transaction would make SQLite's writers wait
        return False
    with transaction.atomic(durable=True):
        call = waiting.select_related("partner").select_for_update(skip_locked=True, of=("self",)).first()
        if call is None:
            return False
        _do(call, at)
    return True


def _do(call: ColdCall, at: datetime) -> None:
    """Either what it asks for is done and its row is gone, or the row says why not."""
    act: Action = import_string(settings.COLD_ACTIONS[call.action])
    try:
        with transaction.atomic():
            if not call.partner.active:
                raise PartnerSwitchedOff
            act(call, at=at)
    except DomainError as refusal:
        _refuse(call, ColdCall.State.REFUSED, at, refusal=type(refusal).__name__, facts=refusal.facts)
    except Exception as error:
        if is_outage(error):
            raise
        log.exception("The call %s could not be done", call.pk)
        _refuse(call, ColdCall.State.BROKEN, at)  # those behind it must not wait for ever
    else:
        call.delete()


def _refuse(call: ColdCall, state: ColdCall.State, at: datetime, **facts: Any) -> None:
    ColdCall.objects.filter(pk=call.pk).update(state=state, refused_at=at, **facts)
