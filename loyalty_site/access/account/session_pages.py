"""One's own sessions: where one is logged in, and ending that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from loyalty_site.access import browsers, sessions
from loyalty_site.access.account.pages import page
from loyalty_site.access.session_models import StaffSession
from loyalty_site.backoffice.staff import actor_of

OTHERS = "others"


@require_http_methods(["GET", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _end(request)
    kept = sessions.of(request.user, at=timezone.now())
    this = sessions.digest_of_own(request)
    rows = [{"session": row, "browser": browsers.in_words(row.agent), "is_this": row.pk == this} for row in kept]
    rows.sort(key=lambda row: not row["is_this"])
    return page(request, "access/account/sessions.html", _("Where you are logged in"), rows=rows, others=OTHERS)


def _end(request: HttpRequest) -> HttpResponse:
    """The session that is named, or all but this one; one's own present one ends by logging out."""
    at, chosen = timezone.now(), request.POST.get("session", "")
    others = StaffSession.objects.exclude(pk=sessions.digest_of_own(request))
    rows = others if chosen == OTHERS else others.filter(pk=chosen)
    ended = sessions.end(request.user, rows, actor=actor_of(request), at=at)
    messages.success(request, ngettext("%(n)d session ended.", "%(n)d sessions ended.", ended) % {"n": ended})
    return HttpResponseRedirect(reverse("own-sessions"))
