"""What staff see first: what each app has to say to them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty_site.backoffice import panels


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of the start page. A panel is made by `(request, at)`. What needs somebody comes first."""
    shown = panels.within_reach(panels.made(settings.DASHBOARD_PANELS, request, timezone.now()))
    return context | {"title": _("Start"), "panels": sorted(shown, key=lambda panel: not panel.is_urgent)}
