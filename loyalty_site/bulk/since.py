"""Which rows somebody has changed since an act: the audit trail says so, since every change stands there."""

from collections.abc import Collection, Sequence

from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk.actions import Done


def changed_since(kind: str, done: Sequence[Done], touching: Collection[str], *, batch: str) -> dict[str, str]:
    """The keys of those rows, each with who changed it last. The caller holds the rows.

    `kind` is what the trail calls such rows, `touching` are the actions that bear on what the act did, and `batch` is
    the act's own.
    """
    if not done:
        return {}
    moments = {one.key: one.at for one in done}
    entries = AuditEntry.objects.filter(
        object_type=kind, object_id__in=moments, action__in=touching, at__gte=min(moments.values())
    ).exclude(batch=batch)
    found = entries.order_by("at", "id").values_list("object_id", "at", "actor_label")
    return {key: who for key, at, who in found if at >= moments[key]}
