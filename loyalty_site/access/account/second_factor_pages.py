"""One's own second factor: set up with an app, recovery codes, taken off again."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loyalty_site.access import second_factor, sessions
from loyalty_site.access.account.marks import KEY, mark_shown
from loyalty_site.access.account.pages import page
from loyalty_site.access.account.second_factor_forms import CodeForm, complaint
from loyalty_site.access.errors import TooManyAttempts, WrongCode
from loyalty_site.access.session_models import StaffSession
from loyalty_site.backoffice.staff import actor_of

RENEW, REMOVE = "renew", "remove"


@require_http_methods(["GET", "POST"])
def own_second_factor(request: HttpRequest) -> HttpResponse:
    if settings.SECOND_FACTOR == second_factor.OFF:
        raise Http404
    device = second_factor.device_of(request.user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    wanted = {RENEW: _renew, REMOVE: _remove}.get(request.POST.get("wanted", "")) if device else _set_up
    if wanted and form.is_valid():
        try:
            return wanted(request, form.cleaned_data["code"])
        except (WrongCode, TooManyAttempts) as refusal:
            form.add_error("code", complaint(refusal))
    if device is None:
        return _asking(request, form)
    facts = {"device": device, "left": second_factor.codes_left(request.user), "may_remove": _may_remove()}
    return page(request, "access/account/second_factor.html", _("Second factor"), form=form, **facts)


def _asking(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """The key waits in the session until a code proves that the app has it."""
    key = request.session.setdefault(KEY, second_factor.new_key())
    picture = segno.make(second_factor.address_of_key(request.user, key), error="m")
    drawn = SafeString(picture.svg_inline(scale=5, border=3, light="#fff"))
    facts = {"picture": drawn, "key": second_factor.written_key(key), "must": not _may_remove()}
    return page(request, "access/account/set_up.html", _("Set up a second factor"), form=form, **facts)


def _set_up(request: HttpRequest, code: str) -> HttpResponse:
    """Sessions from before, which have shown no code, end."""
    key, facts = request.session.get(KEY, ""), {"actor": actor_of(request), "at": timezone.now()}
    if not key:
        raise WrongCode
    codes = second_factor.set_up(request.user, key, code, **facts)
    del request.session[KEY]
    mark_shown(request)
    others = StaffSession.objects.exclude(pk=sessions.digest_of_own(request))
    sessions.end(request.user, others, **facts)
    return _showing(request, codes)


def _renew(request: HttpRequest, code: str) -> HttpResponse:
    facts = {"actor": actor_of(request), "at": timezone.now()}
    second_factor.verify(request.user, code, **facts)
    return _showing(request, second_factor.renew_codes(request.user, **facts))


def _remove(request: HttpRequest, code: str) -> HttpResponse:
    if not _may_remove():
        raise Http404
    facts = {"actor": actor_of(request), "at": timezone.now()}
    second_factor.verify(request.user, code, **facts)
    second_factor.remove(request.user, **facts)
    messages.success(request, _("The second factor is off: your password is enough."))
    return HttpResponseRedirect(reverse("own-second-factor"))


def _showing(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """In this one answer only."""
    return page(request, "access/account/recovery_codes.html", _("Your recovery codes"), codes=codes)


def _may_remove() -> bool:
    return settings.SECOND_FACTOR != second_factor.REQUIRED
