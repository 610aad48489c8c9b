"""The button that takes a list along."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty_site.access import audit
from loyalty_site.backoffice.records import Admin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.csv_rows import csv_chunks, csv_download
from loyalty_site.exporting.jobs import begin
from loyalty_site.exporting.tables import Table, batches

AT_ONCE = 10_000  # rows that are sent while one waits; more become a job
FREE_TEXTS = {"q", "who", "object"}  # may hold an e-mail or a name, which a trail could never forget
OF_THE_PAGE = {"p", "o", "all", "before", "after"}  # where in the list one is, not what it shows


class ExportableAdmin(Admin):
    """A list that whoever holds its table's permission may take along, as it is filtered."""

    change_list_template = "backoffice/exportable_list.html"
    table: Table

    def table_for(self, request: HttpRequest) -> Table:
        return self.table

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export), name=self._export_name())
        return [export, *super().get_urls()]

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and self.table_for(request).is_for(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        url = reverse(f"admin:{self._export_name()}") if self.has_export_permission(request) else ""
        return super().changelist_view(request, (extra_context or {}) | {"export": url})

    def shown_rows(self, request: HttpRequest) -> QuerySet:
        """All rows that the list's address asks for, in no order."""
        return self.get_changelist_instance(request).queryset.order_by().prefetch_related(None).select_related(None)

    def export(self, request: HttpRequest) -> HttpResponse:
        if not self.has_export_permission(request):
            raise PermissionDenied
        table, rows, at = self.table_for(request), self.shown_rows(request), timezone.now()
        audit.record(f"{table.name} exported", self.model, actor=actor_of(request), at=at, after=filters_of(request))
        if rows.values("pk")[: AT_ONCE + 1].count() > AT_ONCE:
            job = begin(table, request.GET.urlencode(), actor=actor_of(request), at=at)
            messages.info(request, _("The list is long: a job writes it. The file will be here when it is done."))
            return HttpResponseRedirect(reverse("admin:jobs_job_change", args=[job.pk]))
        return csv_download(table.file_name, csv_chunks(table.header, batches(table, rows, self.admin_site)))

    def _export_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"


def filters_of(request: HttpRequest) -> dict[str, Any]:
    """What the list was narrowed down by, as the audit trail may keep it."""
    told = {name: value for name, value in request.GET.items() if value and name not in OF_THE_PAGE}
    return {name: "given" if name in FREE_TEXTS else value for name, value in told.items()}
