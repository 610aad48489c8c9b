"""Writing the audit trail, in the transaction of what it tells of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from loyalty_site.access import origins
from loyalty_site.access.actors import Actor
from loyalty_site.access.models import AuditEntry


def entry(
    action: str,
    subject: models.Model | type[models.Model],
    *,
    actor: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """An unsaved entry, for services that write several rows in one go.

    `before` and `after` must be JSON and hold no secrets and no coupon codes. A subject with an `audit_label` is shown
    under that: a person's name must not outlive the person's erasure in a table that only grows. A model stands for
    rows that are not named one by one; such an entry has no id.
    """
    named = None if isinstance(subject, type) else subject
    origin = origins.current()
    return AuditEntry(
        at=at,
        actor=actor.key,
        actor_label=actor.label[:255],
        action=action,
        object_type=subject._meta.model_name,
        object_id="" if named is None else str(named.pk),
        object_label="" if named is None else str(getattr(named, "audit_label", named))[:255],
        before=before,
        after=after,
        reason=reason,
        address=origin.address,
        batch=origin.batch,
    )


def record(action: str, subject: models.Model | type[models.Model], **facts: Any) -> AuditEntry:
    """Save one entry; takes what `entry` takes."""
    written = entry(action, subject, **facts)
    written.save(force_insert=True)
    return written


def record_all(action: str, subjects: Iterable[models.Model], **facts: Any) -> None:
    """Save one entry for each of the subjects, together; takes what `entry` takes."""
    AuditEntry.objects.bulk_create([entry(action, subject, **facts) for subject in subjects])
