"""Choosing the language of the back office."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.i18n import set_language

OUTSIDE = "/"  # where Django leads whoever came from nowhere; no page is there


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and go on where the reader was, else at the start page."""
    answer = set_language(request)
    if answer.headers.get("Location") == OUTSIDE:
        answer.headers["Location"] = reverse("admin:index")
    return answer
