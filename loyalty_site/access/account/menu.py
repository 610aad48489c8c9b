"""The menu of one's own account, above "Log out"."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from loyalty_site.access.second_factor import OFF


def links(request: HttpRequest) -> list[dict[str, str]]:
    password = {"title": _("Change password"), "link": reverse("own-password")}
    sessions = {"title": _("Where you are logged in"), "link": reverse("own-sessions")}
    factor = {"title": _("Second factor"), "link": reverse("own-second-factor")}
    return [password, sessions] if settings.SECOND_FACTOR == OFF else [password, factor, sessions]
