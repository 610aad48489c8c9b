"""One search for everything that somebody may read out: each app finds what is its own.

The setting SEARCH_FINDERS names the finders. Each finds only what the caller may see, by index, and a few rows of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from loyalty_site.backoffice.reach import may_follow

MOST = 8  # hits of one finder; of more the list tells
LONGEST = 255


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and its page."""

    text: str
    url: str
    detail: str = ""  # what tells it from others


@dataclass(frozen=True)
class Finder:
    """What can be found, by what, and how. `find(request, text)` returns no more than `MOST` hits and one."""

    title: str | Promise  # of its hits: "Customers"
    says: str | Promise  # what can be typed: "A customer's name, e-mail, …"
    permissions: tuple[str, ...]  # any of them lets somebody find
    find: Callable[[HttpRequest, str], Sequence[Hit]]
    list: str = ""  # name of the list's address, which finds by the same text; empty: there is none

    def is_for(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(permission) for permission in self.permissions)


@dataclass(frozen=True)
class Found:
    """The hits of one finder."""

    title: str | Promise
    hits: Sequence[Hit]
    more: str = ""  # address of the list, where it has more


def page(request: HttpRequest) -> HttpResponse:
    """What the text finds. Where that is one thing alone, its page is opened at once."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    finders = [finder for finder in map(import_string, settings.SEARCH_FINDERS) if finder.is_for(request)]
    found = [one for one in (_ask(finder, request, text) for finder in finders) if one.hits] if text else []
    hits = [hit for one in found for hit in one.hits]
    if len(hits) == 1:
        return HttpResponseRedirect(hits[0].url)
    facts = {"title": _("Search"), "text": text, "found": found, "finders": finders}
    answer = TemplateResponse(request, "backoffice/find.html", admin.site.each_context(request) | facts)
    add_never_cache_headers(answer)
    return answer


def few(rows: QuerySet) -> QuerySet:
    """As many as a finder may show, and one more to know that there are more. In no order: that could read them all."""
    return rows.order_by()[: MOST + 1]


def hit(row: Model, detail: str = "") -> Hit:
    """The row's own page, under its name."""
    meta = row._meta
    return Hit(str(row), reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk]), detail)


def uuid_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _ask(finder: Finder, request: HttpRequest, text: str) -> Found:
    hits = list(finder.find(request, text))
    return Found(finder.title, hits[:MOST], _list_of(finder, text) if len(hits) > MOST else "")


def _list_of(finder: Finder, text: str) -> str:
    """Empty where the reader may not open it, or there is none."""
    url = f"{reverse(finder.list)}?{urlencode({'q': text})}" if finder.list else ""
    return url if may_follow(url) else ""
