"""The menu of one's own account, beside "Change password" and "Log out"."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def links(request: HttpRequest) -> list[dict[str, str]]:
    return [{"title": _("Where you are logged in"), "link": reverse("own-sessions")}]
