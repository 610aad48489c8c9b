"""Which rows somebody has changed since an act: the audit trail says so, since every change stands there."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q

from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk.actions import Done


def changed_since(
    kind: str, done: Sequence[Done], touching: Collection[str], *, batch: str, column: str = ""
) -> dict[str, str]:
    """The keys of those rows, each with who changed it last. The caller holds the rows.

    `kind` is what the trail calls such rows, `touching` are the entries that bear on what the act did: those that tell
    of another value of the column, if one is named. `batch` is the act's own.
    """
    if not done:
        return {}
    bearing = Q(action__in=touching) | Q(batch=batch)
    entries = AuditEntry.objects.filter(
        bearing, object_type=kind, object_id__in=[one.key for one in done], at__gte=min(one.at for one in done)
    )
    since: dict[str, str] = {}
    for entry in entries.order_by("id"):  # who writes one of a row holds the row: its entries are in this order
        if entry.batch == batch:
            since.pop(entry.object_id, None)
        elif not column or _differs(column, entry.before, entry.after):
            since[entry.object_id] = entry.actor_label
    return since


def _differs(column: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> bool:
    return (before or {}).get(column) != (after or {}).get(column)
