"""Where the rows behind a figure of points are listed."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse


def ledger(first: date | None = None, last: date | None = None, **chosen: str) -> str:
    """The ledger with these filters chosen, over these days, both included."""
    return _list("transfer", "created_at", first, last, chosen)


def last_days(first: date | None = None, last: date | None = None, **chosen: str) -> str:
    """The points whose last day lies between these, both included."""
    return _list("bucket", "expires_on", first, last, chosen)


def _list(model: str, field: str, first: date | None, last: date | None, chosen: dict[str, str]) -> str:
    days = {f"{field}_from": first, f"{field}_to": last}
    asked = chosen | {name: day.isoformat() for name, day in days.items() if day}
    page = reverse(f"admin:points_{model}_changelist")
    return f"{page}?{urlencode(asked)}" if asked else page
