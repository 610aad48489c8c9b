"""The list of jobs and each job's page, with live progress."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import audit
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.filters import DaysFilter, KnownChoiceFilter
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ActionVariant, ChoicesDropdownFilter, action
from loyalty_site.jobs import files
from loyalty_site.jobs.access import kinds_seen_by, may_take_files, seen_by
from loyalty_site.jobs.admin import asking, panels, timetable
from loyalty_site.jobs.admin.showing import progress_bar, state_badge
from loyalty_site.jobs.kinds import kind_of, kinds
from loyalty_site.jobs.models import Job

ENDED = DaysFilter.called(gettext_lazy("day of the end"))


class KindFilter(KnownChoiceFilter):
    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = kinds()
        return sorted((name, known[name].title) for name in kinds_seen_by(request.user))

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(kind=value)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy("Long work, such as an import, is done in the background and listed here with its progress.")
    list_display = ["title", "shown_progress", "who", "created_at"]
    list_filter = [("state", ChoicesDropdownFilter), KindFilter, ("created_at", DaysFilter), ("finished_at", ENDED)]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("Words of the title, or who asked for it")
    fields = ["kind_title", "who", "created_at", "started_at", "finished_at", "attempt"]
    readonly_fields = ["kind_title", "who"]
    actions_list = ["timetable"]
    actions_detail = ["cancel", "try_again"]

    class Media:
        js = ["jobs/progress.js"]
        css = {"all": ["jobs/progress.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return seen_by(request.user, super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:job>/progress/", view(self.progress), name="jobs_job_progress"),
            path("<uuid:job>/files/<uuid:file>/", view(self.download), name="jobs_job_file"),
            path("timetable/<str:kind>/run/", view(self.run_now), name="jobs_job_run_now"),
            *super().get_urls(),
        ]

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(title__icontains=text) | rows.filter(actor_label__iexact=text)

    def panels(self, request: HttpRequest, obj: Job) -> list[Panel]:
        return panels.of_job(request, obj)

    def has_steer_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("jobs.change_job")

    def has_see_upkeep_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("jobs.see_upkeep")

    def pointless_actions(self, obj: Job) -> set[str]:
        kind = kinds().get(obj.kind)
        can_go_on = obj.state in Job.STOPPED and kind is not None and kind.retriable
        return {"cancel"} if can_go_on else {"cancel", "try_again"} if obj.is_finished else {"try_again"}

    @action(description=gettext_lazy("Stop"), permissions=["steer"], icon="stop_circle", variant=ActionVariant.DANGER)
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, asking.cancelling(request, self._job(request, object_id)))

    @action(description=gettext_lazy("Try again"), permissions=["steer"], icon="replay")
    def try_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, asking.retrying(request, self._job(request, object_id)))

    @action(description=gettext_lazy("Timetable"), permissions=["see_upkeep"], icon="schedule", url_path="timetable")
    def timetable(self, request: HttpRequest) -> HttpResponse:
        return timetable.page(self, request)

    def run_now(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not (self.has_steer_permission(request) and self.has_see_upkeep_permission(request)):
            raise PermissionDenied
        if kind not in settings.JOB_SCHEDULE or kind not in kinds_seen_by(request.user):
            raise Http404
        return decide(self, request, asking.running_now(request, kind))

    def progress(self, request: HttpRequest, job: str) -> HttpResponse:
        """The bar alone, for the page's script."""
        return HttpResponse(progress_bar(self._job(request, job)), headers={"Cache-Control": "no-store"})

    def download(self, request: HttpRequest, job: str, file: str) -> StreamingHttpResponse:
        found = self._job(request, job)
        wanted = found.files.filter(pk=file, is_result=True).first()
        if wanted is None or not may_take_files(request.user, kind_of(found)):
            raise Http404
        audit.record("job file taken", found, actor=actor_of(request), at=timezone.now(), after={"file": wanted.name})
        headers = {
            "Content-Disposition": f'attachment; filename="{wanted.name}"',
            "Content-Length": str(wanted.size),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return StreamingHttpResponse(files.pieces(wanted), content_type=_type_of(wanted.name), headers=headers)

    def _job(self, request: HttpRequest, key: object) -> Job:
        """The job, as far as this person may see it. Raises PermissionDenied and Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.found(request, str(key))

    @admin.display(description=gettext_lazy("progress"))
    def shown_progress(self, job: Job) -> SafeString:
        return state_badge(job) if job.is_finished else progress_bar(job)

    @admin.display(description=gettext_lazy("who"))
    def who(self, job: Job) -> str:
        return job.actor_label

    @admin.display(description=gettext_lazy("kind"))
    def kind_title(self, job: Job) -> str:
        kind = kinds().get(job.kind)
        return kind.title if kind else _("%(name)s, which there is no more") % {"name": job.kind}


def _type_of(name: str) -> str:
    return "application/json" if name.endswith(".json") else "text/csv; charset=utf-8"
