"""Narrowing the audit trail down: by who, by what it was done to, by what was done, by what belongs together."""

from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import ApiToken, AuditEntry, User
from loyalty_site.backoffice.filters import KnownChoiceFilter
from loyalty_site.backoffice.theme import TextFilter

RECENT = 5_000  # entries that are looked through for the actions there are
MOST = 100  # people, tokens or objects that a text may mean
NAMES = {"name", "username"}
NUMBERS = {*NAMES, "number"}


class ActionFilter(KnownChoiceFilter):
    """Offers the actions of the latest entries, and the one that is chosen."""

    title = gettext_lazy("what was done")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        recent = AuditEntry.objects.values_list("action", flat=True)[:RECENT]
        actions = {*recent, *request.GET.getlist("action")} - {""}
        return [(action, capfirst(action)) for action in sorted(actions)]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(action=value)


class KindFilter(KnownChoiceFilter):
    title = gettext_lazy("kind of object")
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        models = model_admin.admin_site._registry
        return sorted((model._meta.model_name, capfirst(model._meta.verbose_name)) for model in models)

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(object_type=value)


class WhoFilter(TextFilter):
    title = gettext_lazy("who: name, e-mail, token, partner, id, “system”")
    parameter_name = "who"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        text = _typed(self.value())
        return queryset.filter(actor__in=actors_called(text)) if text else queryset


class ObjectFilter(TextFilter):
    title = gettext_lazy("object: id or name; with its kind, whatever finds it in its own list")
    parameter_name = "object"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.site = model_admin.admin_site

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        text = _typed(self.value())
        if not text:
            return queryset
        found_in_list = _ids_in_list(request, self.site, request.GET.get("object_type", ""), text)
        return queryset.filter(objects_called(self.site, text) | found_in_list)


class BatchFilter(TextFilter):
    """Only there once a link has set it."""

    title = gettext_lazy("request or job")
    parameter_name = "batch"

    def has_output(self) -> bool:
        return bool(self.value())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        text = _typed(self.value())
        return queryset.filter(batch=text) if text else queryset


def actors_called(text: str) -> list[str]:
    """How the trail writes those whom this text may mean. Customers are found by their whole e-mail or user name."""
    if text.lower() == SYSTEM.key:
        return [SYSTEM.key]
    if is_uuid(text):
        tokens = ApiToken.objects.filter(partner=text).values_list("pk", flat=True)
        return [f"user:{text.lower()}", *_keys("token", [text.lower(), *tokens])]
    at_work = ~Q(role=Role.CUSTOMER.value) & (
        Q(username__icontains=text) | Q(first_name__icontains=text) | Q(last_name__icontains=text)
    )
    lowered = User.objects.alias(lower_email=Lower("email"))  # as the index has it
    exactly = lowered.filter(Q(username=text) | Q(lower_email=Lower(Value(text))))[:MOST]
    people = {*exactly.values_list("pk", flat=True), *User.objects.filter(at_work).values_list("pk", flat=True)[:MOST]}
    tokens = ApiToken.objects.filter(Q(name__icontains=text) | Q(partner__name__icontains=text))[:MOST]
    return [*_keys("user", people), *_keys("token", tokens.values_list("pk", flat=True))]


def objects_called(site: AdminSite, text: str) -> Q:
    """By an id, or by how a name begins. Objects are asked for with their kinds, as the index has them."""
    if is_uuid(text):
        return Q(object_type__in=_kinds(site), object_id=text.lower())
    named = Q(object_type__in=_kinds(site, NUMBERS if text.isdigit() else NAMES), object_label__istartswith=text)
    return named | Q(object_type__in=_kinds(site), object_id=text) if text.isdigit() else named


def is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _ids_in_list(request: HttpRequest, site: AdminSite, kind: str, text: str) -> Q:
    """What the list of that kind finds by the text, where the reader may open that list."""
    for model, listed in site._registry.items():
        if model._meta.model_name == kind and model is not AuditEntry and listed.has_view_permission(request):
            found = listed.search_for(request, listed.get_queryset(request), text).values_list("pk", flat=True)[:MOST]
            return Q(object_type=kind, object_id__in=[str(pk) for pk in found])
    return Q(pk__in=[])


def _kinds(site: AdminSite, fields: set[str] | None = None) -> list[str]:
    """The kinds of objects there are; or those that have one of these fields and so a name that people look for."""
    metas = [model._meta for model in site._registry]
    return [meta.model_name for meta in metas if fields is None or fields & {field.name for field in meta.fields}]


def _keys(kind: str, ids: Any) -> list[str]:
    return [f"{kind}:{one}" for one in ids]


def _typed(value: str | None) -> str:
    return (value or "").replace("\x00", "").strip()
