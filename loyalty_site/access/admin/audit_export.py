"""The audit trail as a table for a spreadsheet."""

from functools import cache

from django.contrib.admin import AdminSite
from django.utils import timezone

from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice import changes, words
from loyalty_site.csv_rows import Row
from loyalty_site.exporting.jobs import writing
from loyalty_site.exporting.tables import Table

HEADER = ("When", "Who", "Actor", "What was done", "Kind", "Object id", "Object", "Changes", "Reason", "From", "Batch")


@cache
def _words(site: AdminSite, kind: str) -> words.Words:
    return words.of_kind(site, kind)


def _row(entry: AuditEntry, site: AdminSite) -> Row:
    told = changes.between(entry.before, entry.after, _words(site, entry.object_type))
    return [
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        entry.actor_label,
        entry.actor,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        "\n".join(f"{what}: {before} → {after}" for what, before, after in told),
        entry.reason,
        entry.address,
        entry.batch,
    ]


TRAIL = Table(
    "audit trail",
    "access.AuditEntry",
    "access.export_auditentry",
    HEADER,
    lambda entries: entries,
    _row,
    ("-at", "-pk"),
)
EXPORT = writing(TRAIL)
