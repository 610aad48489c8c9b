"""From events to deliveries: one for each subscription that wants the kind, one where the customer is written to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from loyalty_site.outbox.models import Delivery, Event, SubscribedKind, Subscription

CHUNK = 200  # events passed on in one transaction


def pass_on(*, at: datetime) -> int:
    """Give every event that is new its deliveries, once. Returns how many events there were, at most CHUNK.

    Safe when several workers do so at once: each takes other events.
    """
    new = Event.objects.filter(passed_on=False)
    if not new.exists():  # on SQLite a transaction would hold up all writers
        return 0
    with transaction.atomic(durable=True):
        events = list(new.order_by("created_at").select_for_update(skip_locked=True)[:CHUNK])
        Delivery.objects.bulk_create(_deliveries(events, at))
        Event.objects.filter(pk__in=[event.pk for event in events]).update(passed_on=True)
    return len(events)


def _deliveries(events: Sequence[Event], at: datetime) -> Iterator[Delivery]:
    receivers = _receivers()
    for event in events:
        for subscription in receivers.get(event.kind, ()):
            yield Delivery(event=event, subscription=subscription, next_at=at)
        if event.kind in settings.MAIL_EVENTS:
            yield Delivery(event=event, next_at=at)


def _receivers() -> Mapping[str, Sequence[Subscription]]:
    wanted = defaultdict(list)
    of_active = SubscribedKind.objects.filter(subscription__in=Subscription.objects.wanting())
    for line in of_active.select_related("subscription").order_by("pk"):
        wanted[line.kind].append(line.subscription)
    return wanted
