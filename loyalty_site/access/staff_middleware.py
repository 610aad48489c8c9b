"""What is seen to at every page of the back office."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from loyalty_site.access import second_factor, sessions
from loyalty_site.access.account import marks
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


class SecondFactorFirst:
    """Where a second factor is required of everybody, nothing else opens before it is set up and shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        required = settings.SECOND_FACTOR == second_factor.REQUIRED and inside_admin(request)
        if not required or not request.user.is_authenticated or marks.has_shown(request):
            return self.get_response(request)
        if second_factor.is_set_up(request.user):  # on before it was required, or by another session
            logout(request)
            return HttpResponseRedirect(reverse("admin:login"))
        if request.path_info in {reverse(name) for name in ("own-second-factor", "admin:logout", "admin:jsi18n")}:
            return self.get_response(request)
        return HttpResponseRedirect(reverse("own-second-factor"))
