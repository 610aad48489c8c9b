"""A question put to staff before something happens that has no "undo": a page with a form, a button and "Cancel"."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loyalty_site.access.idempotency import KeyInFlight, KeyReused, once
from loyalty_site.access.tokens import digest_of
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ModelAdmin
from loyalty_site.errors import DomainError
from loyalty_site.outages import retried

LONGEST_KEY = 64


@dataclass(frozen=True)
class Landing:
    """What to tell, and the page of what was made, to go to instead of back."""

    told: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is asked, and what happens on "yes"."""

    title: str
    explanation: str
    button: str
    act: Callable[[dict[str, Any]], str | Landing]  # takes the form's data, returns what to tell; may raise DomainError
    refused: Callable[[DomainError], str]  # the sentence for a refusal
    back: str  # where to go afterwards, and on "Cancel"
    onward: str = ""  # where to go afterwards, if not back
    form: Callable[..., forms.Form] = forms.Form
    dangerous: bool = False
    consequences: Sequence[str] = ()  # what it would do, in sentences
    drawn: SafeString | str = ""  # what stands under the form's fields, such as what they would lead to
    scripts: Sequence[str] = ()  # static files that bring it to life
    media: forms.Media = field(default_factory=forms.Media)  # of fields that are chosen by typing


def decide(admin: ModelAdmin, request: HttpRequest, decision: Decision) -> HttpResponse:
    """Ask on GET, act on POST, once however often the page is sent. The caller has checked the permission."""
    form = decision.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            done = act_once(request, lambda: _landed(decision.act(form.cleaned_data), decision))
            told, page = done or [_("This was done before."), decision.back]  # what it said was erased with somebody
        except DomainError as refusal:
            form.add_error(None, sentence_of(refusal, decision.refused))
        else:
            messages.success(request, told)
            return HttpResponseRedirect(page)
    context = {
        **admin.admin_site.each_context(request),
        "title": decision.title,
        "opts": admin.opts,
        "decision": decision,
        "form": form,
        "key": key_of(request),
    }
    return TemplateResponse(request, "backoffice/decision.html", context)


def act_once(request: HttpRequest, act: Callable[[], Any]) -> Any:
    """A second click, or a page sent again after "back", is answered with what the first one did. Raises DomainError.

    What `act` returns must be JSON. The page that is sent holds `key_of` it as `key`.
    """
    sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    fingerprint = digest_of(json.dumps([request.get_full_path(), sent], sort_keys=True))
    outcome = retried(
        lambda: once(
            actor_of(request).key,
            key_of(request),
            fingerprint,
            effect=lambda: (200, act()),
            refusal=lambda refusal: None,
            at=timezone.now(),
        )
    )
    return outcome.body


def _landed(done: str | Landing, decision: Decision) -> list[str]:
    """What to tell, and where to go."""
    return [done.told, done.page] if isinstance(done, Landing) else [done, decision.onward or decision.back]


def key_of(request: HttpRequest) -> str:
    """What tells this page from every other that was opened."""
    sent = request.POST.get("key", "")
    return sent if 0 < len(sent) <= LONGEST_KEY else uuid4().hex


def sentence_of(refusal: DomainError, refused: Callable[[DomainError], str]) -> str:
    """What a refusal is called; `refused` knows those of the act itself."""
    if isinstance(refusal, KeyReused):
        return _("This page was sent before, with other entries. Open it anew to do it once more.")
    if isinstance(refusal, KeyInFlight):
        return _("This is being done right now.")
    return refused(refusal)
