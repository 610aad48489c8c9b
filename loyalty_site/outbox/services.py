"""What staff do with webhooks: set one up, change it, renew its secret, let it go on, try it, and send again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.outbox.errors import NotPaused
from loyalty_site.outbox.kinds import TEST
from loyalty_site.outbox.models import Delivery, SubscribedKind, Subscription
from loyalty_site.outbox.telling import event

TOLD = ("name", "url", "description", "active", "with_codes")


@unit_of_work
def subscribe(fields: Mapping[str, Any], kinds: Iterable[str], *, actor: Actor, at: datetime) -> Subscription:
    """Tell another system of events of these kinds from now on. Its address has been checked."""
    subscription = Subscription(**fields, created_at=at)
    subscription.save(force_insert=True)
    _choose(subscription, kinds)
    audit.record("webhook added", subscription, actor=actor, at=at, after=_snapshot(subscription))
    return subscription


@unit_of_work
def change(
    subscription: Subscription, fields: Mapping[str, Any], kinds: Iterable[str], *, actor: Actor, at: datetime
) -> None:
    """Give it other fields and kinds. What is on its way goes to the new address."""
    before = _snapshot(Subscription.objects.get(pk=subscription.pk))
    for name, value in fields.items():
        setattr(subscription, name, value)
    subscription.save(update_fields=list(fields))
    _choose(subscription, kinds)
    after = _snapshot(subscription)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        told = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
        audit.record("webhook changed", subscription, actor=actor, at=at, **told)


@unit_of_work
def renew_secret(subscription: Subscription, *, actor: Actor, at: datetime) -> None:
    """Sign with another secret; for a day with the former one too."""
    subscription.secret_version += 1
    subscription.secret_renewed_at = at
    subscription.save(update_fields=["secret_version", "secret_renewed_at"])
    audit.record("webhook secret renewed", subscription, actor=actor, at=at)


@unit_of_work
def resume(subscription: Subscription, *, actor: Actor, at: datetime) -> None:
    """Go on with a paused one: what has waited is sent. Raises NotPaused."""
    paused = Subscription.objects.filter(pk=subscription.pk).exclude(paused_at=None)
    if not paused.update(paused_at=None, paused_because="", failing_since=None):
        raise NotPaused
    subscription.paused_at, subscription.paused_because, subscription.failing_since = None, "", None
    audit.record("webhook resumed", subscription, actor=actor, at=at)


@unit_of_work
def send_test(subscription: Subscription, *, actor: Actor, at: datetime) -> Delivery:
    """Send it an event that says nothing, to see whether it arrives."""
    trial = event(TEST, subscription.pk, at=at, data={"name": subscription.name})
    trial.passed_on = True
    trial.save(force_insert=True)
    delivery = Delivery.objects.create(event=trial, subscription=subscription, next_at=at)
    audit.record("webhook tried", subscription, actor=actor, at=at)
    return delivery


@unit_of_work
def replay(deliveries: QuerySet[Delivery], *, actor: Actor, at: datetime) -> int:
    """Send these again, with the same event ids, whatever became of them. Returns how many."""
    chosen = list(deliveries.values_list("pk", "subscription__name"))
    sent = again(Delivery.objects.filter(pk__in=[pk for pk, _ in chosen]), at=at)
    if sent:
        receivers = sorted({name or "mail" for _, name in chosen})
        told = {"deliveries": sent, "receivers": receivers}
        audit.record("deliveries sent again", Delivery, actor=actor, at=at, after=told)
    return sent


def again(deliveries: QuerySet[Delivery], *, at: datetime) -> int:
    """Make them due now, as if they had never failed."""
    return deliveries.update(state=Delivery.State.WAITING, next_at=at, failures=0)


def _choose(subscription: Subscription, kinds: Iterable[str]) -> None:
    wanted = set(kinds)
    subscription.wanted.exclude(kind__in=wanted).delete()
    new: Sequence[SubscribedKind] = [SubscribedKind(subscription=subscription, kind=kind) for kind in sorted(wanted)]
    SubscribedKind.objects.bulk_create(new, ignore_conflicts=True)


def _snapshot(subscription: Subscription) -> dict[str, Any]:
    kinds = sorted(subscription.wanted.values_list("kind", flat=True))
    return {name: getattr(subscription, name) for name in TOLD} | {"kinds": kinds}
