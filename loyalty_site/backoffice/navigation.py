"""The menu beside every page, as settings list it; what somebody may not see is left out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

# label of a model such as "campaigns.campaign", or of a page beside its list, such as "campaigns.campaign/calendar";
# text; icon
Item = tuple[str, str | Promise, str]


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of links that this person may follow."""
    home = {"title": _("Start"), "icon": "home", "link": reverse("admin:index")}
    groups = [
        {"title": title, "items": [_link(item) for item in items if _may_see(request, item)]}
        for title, items in settings.BACKOFFICE_MENU
    ]
    shown = [{"items": [home]}, *(group for group in groups if group["items"])]
    _mark_open([item for group in shown for item in group["items"]], request.path)
    return shown


def _mark_open(items: list[dict[str, Any]], page: str) -> None:
    """Of the links whose address the page's begins with, only the longest is the open one."""
    home = items[0]["link"]
    near = [item["link"] for item in items if page.startswith(item["link"]) and item["link"] != home]
    nearest = max(near, key=len, default=page)
    for item in items:
        item["active"] = item["link"] == nearest


def _link(item: Item) -> dict[str, Any]:
    place, text, icon = item
    label, _slash, page = place.partition("/")
    return {"title": text, "icon": icon, "link": reverse(f"admin:{label.replace('.', '_')}_{page or 'changelist'}")}


def _may_see(request: HttpRequest, item: Item) -> bool:
    app, model = item[0].partition("/")[0].split(".")
    return request.user.has_perm(f"{app}.view_{model}") or request.user.has_perm(f"{app}.change_{model}")
