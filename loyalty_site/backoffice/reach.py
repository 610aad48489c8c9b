"""Which pages of the back office the reader of the present one may open: no link is shown that ends in a refusal.

Columns of lists are made without their request, so the reader is kept beside it while a page is made.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from loyalty_site.admin_path import inside_admin

PAGE: ContextVar[HttpRequest | None] = ContextVar("page", default=None)


class Reader:
    """Middleware that remembers whose page is being made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not inside_admin(request):
            return self.get_response(request)
        before = PAGE.set(request)
        try:
            return self.get_response(request)
        finally:
            PAGE.reset(before)


def may_follow(url: str) -> bool:
    """Whether the reader may open the list or page at this address; true for any other address, and for no reader."""
    request = PAGE.get()
    if request is None:
        return True
    try:
        found = resolve(urlsplit(url).path)
    except Resolver404:
        return True
    admin = getattr(found.func, "model_admin", None)
    return admin is None or _may_open(request, admin, (found.url_name or "").rpartition("_")[2])


def _may_open(request: HttpRequest, admin: Any, leaf: str) -> bool:
    if leaf == "add":
        return admin.has_add_permission(request)
    if leaf == "delete":
        return admin.has_delete_permission(request)
    if leaf in ("changelist", "change", "history"):
        return admin.has_view_or_change_permission(request)
    return True
