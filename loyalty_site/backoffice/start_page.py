"""What staff see first: what each app has to say to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty_site.backoffice import panels
from loyalty_site.backoffice.panels import Panel


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of the start page. A panel is made by `(request, at)`. What needs somebody comes first."""
    shown = panels.within_reach(panels.made(settings.DASHBOARD_PANELS, request, timezone.now()))
    in_order = sorted(shown, key=lambda panel: not panel.is_urgent)
    return context | {"title": _("Start"), "panels": laid_out(in_order)}


def laid_out(shown: Sequence[Panel]) -> list[Panel]:
    """In two columns, without holes: a panel that would be alone in its row stretches over both."""
    rows: list[list[Panel]] = []
    for panel in shown:
        if rows and len(rows[-1]) == 1 and not (panel.is_wide or rows[-1][0].is_wide):
            rows[-1].append(panel)
        else:
            rows.append([panel])
    return [replace(panel, is_across=len(row) == 1) for row in rows for panel in row]
