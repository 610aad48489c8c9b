"""The menu of one's own account, beside "Change password" and "Log out"."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from loyalty_site.access.second_factor import OFF


def links(request: HttpRequest) -> list[dict[str, str]]:
    sessions = {"title": _("Where you are logged in"), "link": reverse("own-sessions")}
    factor = {"title": _("Second factor"), "link": reverse("own-second-factor")}
    return [sessions] if settings.SECOND_FACTOR == OFF else [factor, sessions]
