"""The audit trail: who did what, when and why; to be read."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access.models import ApiToken, AuditEntry, User
from loyalty_site.backoffice import changes, names
from loyalty_site.backoffice.filters import DaysFilter, KnownChoiceFilter
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import link, moment

RECENT = 5_000  # entries that are looked through for the actions there are
SHOWN_CHANGES = 3
NAMES = {"name", "username"}
NUMBERS = {*NAMES, "number"}


class ActionFilter(KnownChoiceFilter):
    """Offers the actions of the latest entries, and the one that is chosen."""

    title = gettext_lazy("what was done")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        last = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        recent = AuditEntry.objects.filter(id__gt=last - RECENT).order_by().values_list("action", flat=True)
        actions = {*recent.distinct(), *request.GET.getlist("action")} - {""}
        return [(action, capfirst(action)) for action in sorted(actions)]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(action=value)


class TypeFilter(KnownChoiceFilter):
    title = gettext_lazy("kind of object")
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        models = model_admin.admin_site._registry
        return sorted((model._meta.model_name, capfirst(model._meta.verbose_name)) for model in models)

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(object_type=value)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["when", "who", "shown_action", "shown_object", "shown_changes", "reason"]
    list_filter = [ActionFilter, TypeFilter, ("at", DaysFilter)]
    search_help_text = gettext_lazy("Id, who did it, or how the object's name begins")
    fields = ["when", "who", "shown_action", "shown_object", "reason"]
    readonly_fields = ["when", "who", "shown_action", "shown_object"]

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        """By an id, or by names. Objects are asked for with their kinds, as the index has them."""
        if _is_uuid(text):
            same_id = Q(object_type__in=self._kinds(), object_id=text.lower())
            return rows.filter(same_id | Q(actor__in=_keys([text.lower()])))
        people = User.objects.filter(Q(username=text) | Q(email__iexact=text)).values_list("pk", flat=True)
        keys = ApiToken.objects.filter(name=text).values_list("pk", flat=True)
        named = Q(object_type__in=self._kinds(NUMBERS if text.isdigit() else NAMES), object_label__istartswith=text)
        return rows.filter(Q(actor__in=_keys([*people, *keys])) | named)

    def _kinds(self, fields: set[str] | None = None) -> list[str]:
        """The kinds of objects there are; or those that have one of these fields and so a name that people look for."""
        metas = [model._meta for model in self.admin_site._registry]
        return [meta.model_name for meta in metas if fields is None or fields & {field.name for field in meta.fields}]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """Without History, which is what this is."""
        return super().render_change_form(request, context | {"show_history": False}, *args, **options)

    def panels(self, request: HttpRequest, obj: AuditEntry) -> list[Panel]:
        known = names.of_ids(request, self.admin_site, [obj.before, obj.after])
        lines = changes.between(obj.before, obj.after, known)
        return [Panel(_("What changed"), headers=[_("What"), _("Before"), _("After")], rows=lines)] if lines else []

    @admin.display(description=gettext_lazy("when"))
    def when(self, entry: AuditEntry) -> str:
        return moment(entry.at)

    @admin.display(description=gettext_lazy("who"))
    def who(self, entry: AuditEntry) -> str:
        return entry.actor_label

    @admin.display(description=gettext_lazy("what was done"), ordering="action")
    def shown_action(self, entry: AuditEntry) -> str:
        return capfirst(entry.action)

    @admin.display(description=gettext_lazy("object"))
    def shown_object(self, entry: AuditEntry) -> Any:
        """Under its label, or under its kind where the label is an id; with a link where there is a page."""
        metas = {model._meta.model_name: model._meta for model in self.admin_site._registry}
        meta = metas.get(entry.object_type)
        kind = capfirst(meta.verbose_name if meta else entry.object_type)
        label = "" if _is_uuid(entry.object_label) else entry.object_label
        text = f"{kind} “{label}”" if label else kind
        if meta is None or not entry.object_id:
            return text
        return link(text, reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.object_id]))

    @admin.display(description=gettext_lazy("what changed"))
    def shown_changes(self, entry: AuditEntry) -> str:
        lines = changes.between(entry.before, entry.after)
        told = [f"{what}: {before} → {after}" if entry.before else f"{what}: {after}" for what, before, after in lines]
        shown = "; ".join(told[:SHOWN_CHANGES]) + ("; …" if len(told) > SHOWN_CHANGES else "")
        return names.shortened(shown)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _keys(ids: list[Any]) -> list[str]:
    """How the trail writes users and tokens of these ids."""
    return [f"{kind}:{one}" for one in ids for kind in ("user", "token")]
