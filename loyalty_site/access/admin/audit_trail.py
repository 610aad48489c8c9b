"""The audit trail: who did what, when, from where and why; to be read, and to be taken along as a table."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access.admin.audit_export import TRAIL
from loyalty_site.access.admin.audit_filters import (
    ActionFilter,
    BatchFilter,
    KindFilter,
    ObjectFilter,
    WhoFilter,
    actors_called,
    objects_called,
)
from loyalty_site.access.admin.audit_links import Trail, pages_for
from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice import changes, names, words
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import link, moment
from loyalty_site.exporting.lists import ExportableAdmin

SHOWN_CHANGES = 3
LIST = "admin:access_auditentry_changelist"


@admin.register(AuditEntry)
class AuditEntryAdmin(ExportableAdmin, ReadOnlyAdmin):
    table = TRAIL
    purpose = gettext_lazy("Whatever is done here and over the API is written down in this list by itself, for good.")
    change_form_outer_before_template = None
    change_form_outer_after_template = "backoffice/panels.html"  # first who and when, then what
    list_display = ["when", "who", "shown_action", "shown_object", "shown_changes", "reason"]
    list_filter = [WhoFilter, ActionFilter, KindFilter, ObjectFilter, ("at", DaysFilter), BatchFilter]
    sortable_by = ()
    search_help_text = gettext_lazy("Id, who did it, or how the object's name begins")
    fields = ["when", "who", "shown_action", "shown_object", "reason", "shown_address", "shown_batch"]
    readonly_fields = ["when", "who", "shown_action", "shown_object", "shown_address", "shown_batch"]

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[Trail]:
        return Trail

    def get_object(self, request: HttpRequest, *args: Any) -> AuditEntry | None:
        entry = super().get_object(request, *args)
        if entry is not None:
            entry.pages = pages_for(request, self.admin_site)
        return entry

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(objects_called(self.admin_site, text) | Q(actor__in=actors_called(text)))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """Without History, which is what this is."""
        return super().render_change_form(request, context | {"show_history": False}, *args, **options)

    def panels(self, request: HttpRequest, obj: AuditEntry) -> list[Panel]:
        known = names.of_ids(request, self.admin_site, [obj.before, obj.after])
        lines = changes.between(obj.before, obj.after, words.of_kind(self.admin_site, obj.object_type, known))
        return [Panel(_("What changed"), headers=[_("What"), _("Before"), _("After")], rows=lines)] if lines else []

    @admin.display(description=gettext_lazy("when"))
    def when(self, entry: AuditEntry) -> str:
        return moment(entry.at)

    @admin.display(description=gettext_lazy("who"))
    def who(self, entry: AuditEntry) -> SafeString | str:
        return entry.pages.actor(entry)

    @admin.display(description=gettext_lazy("what was done"))
    def shown_action(self, entry: AuditEntry) -> str:
        return capfirst(_(entry.action))

    @admin.display(description=gettext_lazy("object"))
    def shown_object(self, entry: AuditEntry) -> SafeString | str:
        return entry.pages.object(entry)

    @admin.display(description=gettext_lazy("what changed"))
    def shown_changes(self, entry: AuditEntry) -> str:
        lines = changes.between(entry.before, entry.after, entry.words)
        told = [f"{what}: {before} → {after}" if entry.before else f"{what}: {after}" for what, before, after in lines]
        shown = "; ".join(told[:SHOWN_CHANGES]) + ("; …" if len(told) > SHOWN_CHANGES else "")
        return names.shortened(shown)

    @admin.display(description=gettext_lazy("from"))
    def shown_address(self, entry: AuditEntry) -> str:
        return entry.address or _("not known, or a customer's own")

    @admin.display(description=gettext_lazy("request or job"))
    def shown_batch(self, entry: AuditEntry) -> SafeString | str:
        """With a link to what else was done in one go."""
        return link(entry.batch, f"{reverse(LIST)}?batch={entry.batch}") if entry.batch else changes.NOTHING
