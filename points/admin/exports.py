"""The ledger as a table: one account after the other, so that each balance can be followed. No code stands in it."""

from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.utils import timezone

from loyalty_site.csv_rows import Row
from loyalty_site.exporting.jobs import writing
from loyalty_site.exporting.tables import Table
from points.admin.comments import WITHOUT_CODES

TOLD = ("kind", "points", "balance_after", "channel", "partner", "reference", "said", "actor_label", "short_id")
HEADER = (
    *("Customer id", "Number of the movement", "When", "Kind", "Points", "Balance after", "Channel", "Partner"),
    *("Reference", "Comment", "Who", "Short id", "Last day"),
)


def _lines(transfers: QuerySet) -> QuerySet:
    return transfers.annotate(said=WITHOUT_CODES).values_list(
        "account_id", "sequence", "created_at", *TOLD, "expires_on", named=True
    )


def _row(line: Any, site: AdminSite) -> Row:
    return [
        str(line.account_id),
        line.sequence,
        timezone.localtime(line.created_at).isoformat(timespec="seconds"),
        *(getattr(line, name) for name in TOLD),
        line.expires_on and line.expires_on.isoformat(),
    ]


LEDGER = Table(
    "movements of points",
    "points.Transfer",
    "points.export_transfers",
    HEADER,
    _lines,
    _row,
    ("account_id", "sequence"),
)
EXPORT = writing(LEDGER)
