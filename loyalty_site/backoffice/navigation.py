"""The menu beside every page, as settings list it; what somebody may not see is left out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Item = tuple[str, str | Promise, str]  # label of a model such as "campaigns.campaign", text, icon


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of links that this person may follow."""
    home = {"title": _("Start"), "icon": "home", "link": reverse("admin:index")}
    groups = [
        {"title": title, "items": [_link(item) for item in items if _may_see(request, item)]}
        for title, items in settings.BACKOFFICE_MENU
    ]
    return [{"items": [home]}, *(group for group in groups if group["items"])]


def _link(item: Item) -> dict[str, Any]:
    label, text, icon = item
    return {"title": text, "icon": icon, "link": reverse(f"admin:{label.replace('.', '_')}_changelist")}


def _may_see(request: HttpRequest, item: Item) -> bool:
    app, model = item[0].split(".")
    return request.user.has_perm(f"{app}.view_{model}") or request.user.has_perm(f"{app}.change_{model}")
