"""A first row of the tables that the demo leaves empty, to go by."""

from datetime import datetime
from uuid import uuid4

from django.db.models import Model

from campaigns.models import Campaign, CouponBatch
from loyalty_site.access.models import IdempotencyKey
from loyalty_site.jobs.models import Job
from loyalty_site.outbox.models import Delivery, Event, Subscription


def add(at: datetime) -> None:
    """Where there is none."""
    _first(IdempotencyKey, owner="token:v", key="v", fingerprint="v", status=200, created_at=at)
    _first(
        CouponBatch, campaign=Campaign.objects.first(), label="Volume", source="import", state="filled", created_at=at
    )
    ended = {"state": "done", "created_at": at, "started_at": at, "finished_at": at}
    _first(Job, kind="jobs.purge_jobs", title="Finished jobs cleared away", actor_key="system:", task=uuid4(), **ended)
    event = _first(Event, kind="points.added", object_id="v", created_at=at, passed_on=True)
    receiver = _first(Subscription, name="Volume", url="https://receiver.example.org/", created_at=at)
    _first(Delivery, event=event, subscription=receiver, state="sent", attempts=1, last_at=at)


def _first(model: type[Model], **values: object) -> Model:
    return model._default_manager.first() or model._default_manager.create(**values)
