"""What is seen to at every page of the back office."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from loyalty_site.access import sessions
from loyalty_site.admin_path import inside_admin


class Presence:
    """Keeps who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if inside_admin(request):
            sessions.note(request, at=timezone.now())
        return response
