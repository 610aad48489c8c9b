"""The page between choosing rows and doing something to them: how many, how many not and why, and whom it reaches."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from loyalty_site.backoffice.decisions import act_once, key_of, sentence_of
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.reasons import ReasonForm
from loyalty_site.backoffice.records import Admin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.bulk import services
from loyalty_site.bulk.actions import Action, Order
from loyalty_site.bulk.models import BulkChange
from loyalty_site.bulk.services import AT_ONCE
from loyalty_site.errors import DomainError

MOST_COUNTED = 1_000_000  # of more rows the figures are those of the first
CHOSEN, CONFIRMED = "chosen", "confirmed"  # what a page says that was sent: what to do it with; to do it


def ask(admin: Admin, request: HttpRequest, rows: QuerySet, action: Action) -> HttpResponse:
    """Show what the act would do, and do it on "yes", once however often the page is sent."""
    if not request.user.has_perm(action.permission):
        raise PermissionDenied
    chosen = _entries(request, action)
    if not chosen.is_valid():
        return _page(admin, request, action, chosen, count=_bounded(rows).count())
    reason = ReasonForm(request.POST if CONFIRMED in request.POST else None) if action.asks_why else forms.Form()
    order = Order(actor=actor_of(request), at=timezone.now(), data=_data(chosen))
    if CONFIRMED in request.POST and (not action.asks_why or reason.is_valid()):
        order = replace(order, reason=reason.cleaned_data["reason"] if action.asks_why else "")
        try:
            return _done(request, action, rows, order)
        except DomainError as refusal:
            chosen.add_error(None, sentence_of(refusal, lambda refusal: _("None of the rows is there any more.")))
    return _page(admin, request, action, chosen, reason=reason, **_impact(action, rows, order))


def _entries(request: HttpRequest, action: Action) -> forms.Form:
    """What the act is to be done with, as it was chosen; not valid before that."""
    asked = bool(action.form.base_fields)
    sent = CHOSEN in request.POST or CONFIRMED in request.POST
    return action.form(request.POST if sent or not asked else None)


def _data(form: forms.Form) -> dict[str, Any]:
    return form.data_kept() if form.fields else {}


def _impact(action: Action, rows: QuerySet, order: Order) -> dict[str, Any]:
    """What would become of the rows, in sentences."""
    bounded = _bounded(rows)
    found = action.weigh(bounded, order)
    stays = [(action.why(code, count), found.names.get(code, ())) for code, count in found.left.items()]
    return {
        "tally": found,
        "told": action.told(order.data),
        "count": found.total,
        "changes": action.changes(found.changed) % {"n": grouped(found.changed)} if found.changed else "",
        "stays": stays,
        "reach": action.reach(bounded, order) if found.changed else (),
        "by_job": found.total > AT_ONCE,
        "uncounted": found.total >= MOST_COUNTED,
        "most": grouped(MOST_COUNTED),
    }


def _bounded(rows: QuerySet) -> QuerySet:
    """No more rows than a page can count while somebody waits."""
    return rows.model._default_manager.filter(pk__in=rows.order_by().values("pk")[:MOST_COUNTED])


def _done(request: HttpRequest, action: Action, rows: QuerySet, order: Order) -> HttpResponse:
    across = request.POST.get("select_across") == "1"
    query = request.GET.urlencode() if across else None

    def act() -> str:
        return str(services.begin(action, rows, order, query=query).pk)

    change = BulkChange.objects.get(pk=act_once(request, act))
    page = reverse("admin:bulk_bulkchange_change", args=[change.pk])
    if change.job is not None:
        messages.info(request, _("There are many rows: a job does it. Here you see how far it is, and can undo it."))
        return HttpResponseRedirect(page)
    _tell(request, action, change, page)
    return HttpResponseRedirect(request.get_full_path())


def _tell(request: HttpRequest, action: Action, change: BulkChange, page: str) -> None:
    """What was done, with the way back."""
    lines = [action.changed(change.changed) % {"n": grouped(change.changed)}] if change.changed else []
    lines += [action.why(code, count) for code, count in change.left.items()]
    links = [(page, _("What was done"))] if request.user.has_perm("bulk.view_bulkchange") else []
    if change.changed and links:
        links.insert(0, (reverse("admin:bulk_bulkchange_undo", args=[change.pk]), _("Undo")))
    drawn = [format_html('<a href="{}" class="font-semibold underline">{}</a>', *link) for link in links]
    ways = [format_html_join(" · ", "{}", ((one,) for one in drawn))] if drawn else []
    text = format_html_join(" ", "{}", ((part,) for part in [*lines, *ways]))
    messages.add_message(request, messages.SUCCESS if change.changed else messages.WARNING, text)


def _page(admin: Admin, request: HttpRequest, action: Action, chosen: forms.Form, **facts: Any) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": action.title,
        "opts": admin.opts,
        "action": action,
        "chosen": chosen,
        "key": key_of(request),
        "menu_name": request.POST.get("action", ""),
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
        "shown_count": grouped(facts["count"]),
        **facts,
    }
    return TemplateResponse(request, "bulk/impact.html", context)
