"""The audit trail as a table for a spreadsheet."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice import changes, words
from loyalty_site.csv_rows import Row, csv_chunks
from loyalty_site.walking import latest_first

HEADER = ["When", "Who", "Actor", "What was done", "Kind", "Object id", "Object", "Changes", "Reason", "From", "Batch"]
FREE_TEXTS = {"q", "who", "object"}  # may hold an e-mail or a name, which a trail could never forget
GIVEN = "given"


def chunks(entries: QuerySet, site: AdminSite) -> Iterator[bytes]:
    words_of = cache(partial(words.of_kind, site))
    batches = latest_first(entries, "at")
    return csv_chunks(HEADER, ([_row(entry, words_of(entry.object_type)) for entry in batch] for batch in batches))


def filters_told(request: HttpRequest) -> dict[str, Any]:
    """What the export was narrowed down by, as its own entry keeps it."""
    return {name: GIVEN if name in FREE_TEXTS else value for name, value in request.GET.items() if value}


def _row(entry: AuditEntry, kind: words.Words) -> Row:
    told = changes.between(entry.before, entry.after, kind)
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
