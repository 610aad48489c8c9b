"""Long work of the outbox: sending many webhooks again, and dropping what is old."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loyalty_site.access.actors import Actor
from loyalty_site.jobs.kinds import UPKEEP, Kind, Step
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import enqueue
from loyalty_site.outbox.models import Delivery, Event, Subscription
from loyalty_site.outbox.services import again

CHUNK = 1_000  # rows of one step


def replay_step(job: Job, *, at: datetime) -> Step:
    """Make the next ones due."""
    last = job.checkpoint.get("last", 0)
    rows = replayed(job.arguments["subscription"], job.arguments["state"]).filter(pk__lte=job.arguments["up_to"])
    ids = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
    done = job.done + again(Delivery.objects.filter(pk__in=ids), at=at)
    return Step(
        done,
        {"last": ids[-1] if ids else last},
        finished=len(ids) < CHUNK,
        total=max(done, job.arguments["total"]),
        outcome={"Deliveries sent again": done},
    )


def replayed(subscription_id: str, state: str) -> QuerySet[Delivery]:
    return Delivery.objects.filter(subscription=subscription_id, state=state)


REPLAY = Kind("outbox.replay", _("Send webhooks again"), replay_step, "outbox.replay_delivery", _("deliveries"))


def replay_all(subscription: Subscription, state: str, *, actor: Actor, at: datetime) -> Job:
    """Have all of a subscription's deliveries in that state sent again, in the background."""
    rows = replayed(str(subscription.pk), state)
    latest = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    arguments = {"subscription": str(subscription.pk), "state": state, "up_to": latest, "total": rows.count()}
    title = f"Send “{subscription}” again what {'failed' if state == Delivery.State.FAILED else 'was sent'}"
    return enqueue(REPLAY, arguments, title=title[:200], actor=actor, at=at, about=subscription)


def purge_step(job: Job, *, at: datetime) -> Step:
    """Drop the next events that are past the days for which they are kept, with their deliveries."""
    old = Event.objects.filter(created_at__lt=at - settings.OUTBOX_KEPT, passed_on=True)
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:CHUNK])
    Delivery.objects.filter(event__in=ids).delete()
    Event.objects.filter(pk__in=ids).delete()
    done = job.done + len(ids)
    return Step(done, finished=len(ids) < CHUNK, outcome={"Events deleted": done})


PURGE = Kind(
    "outbox.purge", _("Drop old events and deliveries"), purge_step, "jobs.see_upkeep", _("events"), queue=UPKEEP
)
