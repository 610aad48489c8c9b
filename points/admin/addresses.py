"""Where the rows behind a figure of points are listed."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse


def ledger(first: date | None = None, last: date | None = None, **chosen: str) -> str:
    """The ledger with these filters chosen, over these days, both included."""
    days = {"created_at_from": first, "created_at_to": last}
    asked = chosen | {name: day.isoformat() for name, day in days.items() if day}
    page = reverse("admin:points_transfer_changelist")
    return f"{page}?{urlencode(asked)}" if asked else page
