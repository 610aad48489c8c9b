"""Pages of the back office that belong to no model."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

DOOR = "access/account/door.html"  # before somebody is logged in


def site_context(request: HttpRequest) -> dict[str, Any]:
    """What every page of the admin is told."""
    return admin.site.each_context(request)


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """In the theme, and kept by no cache."""
    answer = TemplateResponse(request, template, site_context(request) | {"title": title} | context)
    add_never_cache_headers(answer)
    return answer
