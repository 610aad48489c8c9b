"""Errors outside any view: JSON, but pages under the admin's path. Named in `loyalty_site/urls.py`."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from loyalty_site.admin_path import inside_admin
from loyalty_site.api.dialect_paths import dialect_at
from loyalty_site.api.dialects import Answer
from loyalty_site.api.exceptions import dialect_of
from loyalty_site.api.rendering import json_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if inside_admin(request):
        return defaults.bad_request(request, exception)
    return failure(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if inside_admin(request):
        return defaults.permission_denied(request, exception)
    return failure(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if inside_admin(request):
        return defaults.page_not_found(request, exception)
    return failure(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    if inside_admin(request):
        return defaults.server_error(request)
    return failure(request, 500)


def failure(request: HttpRequest, status: int) -> HttpResponse:
    view = getattr(getattr(request.resolver_match, "func", None), "cls", None)
    dialect = dialect_of(view) if view else dialect_at(request.path)
    return http_response(Answer(status, dialect.failed(status)))


def http_response(answer: Answer) -> HttpResponse:
    """An answer given outside DRF."""
    headers = {"Content-Type": "application/json", **answer.headers}
    return HttpResponse(json_of(answer.body), status=answer.status, headers=headers)
