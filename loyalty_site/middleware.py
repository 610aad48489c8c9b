"""Middleware for two kinds of path: pages for people inside the admin's, JSON outside."""

from collections.abc import Callable
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from rest_framework.exceptions import APIException, ParseError

from loyalty_site.access import origins
from loyalty_site.admin_path import inside_admin
from loyalty_site.api.dialect_paths import dialect_at
from loyalty_site.api.error_pages import http_response
from loyalty_site.api.exceptions import answer_to, dialect_of
from loyalty_site.api.failures import BodyTooLarge, LengthMissing
from loyalty_site.api.method_override import meant_method
from loyalty_site.api.parsing import body_limit

ADMIN_LIMIT = 32 * 1024**2  # bytes


class AdminOnly:
    """Mixed into a Django middleware: requests outside the admin's path pass it by."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return super().__call__(request) if inside_admin(request) else self.get_response(request)


class AdminSessions(AdminOnly, SessionMiddleware):
    pass


class AdminAuthentication(AdminOnly, AuthenticationMiddleware):
    pass


class AdminMessages(AdminOnly, MessageMiddleware):
    pass


class AdminLanguage(AdminOnly, LocaleMiddleware):
    """In the language that the reader has chosen, else in the browser's; the thread's next request has its own."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return super().__call__(request)


class SlashForPages(CommonMiddleware):
    """No address outside the admin ends with a slash: to look for one there would double what finding a view costs."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return inside_admin(request) and super().should_redirect_with_slash(request)


class DialectHeaders:
    """What every answer of a dialect carries, whoever gives it: the first of all, so the last to touch an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in dialect_at(request.path).headers(request).items():
            response.headers[name] = value
        return response


class ContentSecurity:
    """Tells browsers what the answer may load and run. An answer that says so itself knows better."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.of_admin = build_policy(settings.ADMIN_CONTENT_SECURITY)
        self.of_others = build_policy(settings.CONTENT_SECURITY)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy", self.of_admin if inside_admin(request) else self.of_others
        )
        return response


class Origins:
    """Whatever the request causes is written down with where it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with origins.coming_from(origins.of_request(request)):
            return self.get_response(request)


class BodyLimit:
    """Refuses a body by its announced length, before any of it is read.

    The admin's forms are read by the check for forged requests, before any view and for anybody: their limit leaves
    room for a photo as a camera makes it, so that the form itself can say that it is too large.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if inside_admin(request) and isinstance(_failure(request.META, ADMIN_LIMIT), BodyTooLarge):
            return render(request, "413.html", {"most": ADMIN_LIMIT // 1024**2}, status=413)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if inside_admin(request):
            return None
        view_class = getattr(view, "cls", None)
        failure = _failure(request.META, body_limit(view_class))
        if failure is None:
            return None
        return http_response(answer_to(failure, dialect_of(view_class)))


class MethodOverride:
    """Makes a POST the method that it means, before anything asks for it: permissions, fingerprints and the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or inside_admin(request):
            return None
        try:
            request.method = meant_method(request)
        except ParseError as failure:
            return http_response(answer_to(failure, dialect_of(getattr(view, "cls", None))))
        return None


def _failure(headers: dict[str, Any], limit: int) -> APIException | None:
    length = headers.get("CONTENT_LENGTH", "")
    if "HTTP_TRANSFER_ENCODING" in headers and not length:
        return LengthMissing()
    return BodyTooLarge() if length.isdecimal() and int(length) > limit else None
