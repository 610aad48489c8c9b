"""The list of what was done to many rows, and each one's page with "Undo"."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.filters import KnownChoiceFilter
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import ActionVariant, ChoicesDropdownFilter, action, badge
from loyalty_site.bulk import services
from loyalty_site.bulk.actions import Action, actions
from loyalty_site.bulk.admin import panels
from loyalty_site.bulk.admin.undoing import undoing
from loyalty_site.bulk.models import BulkChange
from loyalty_site.jobs.models import Job

State = BulkChange.State
TONES = {State.DOING: "info", State.DONE: "success", State.UNDOING: "info", State.UNDONE: ""}


class ActionFilter(KnownChoiceFilter):
    title = gettext_lazy("action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted((known.name, str(known.title)) for known in seen_by(request))

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(action=value)


@admin.register(BulkChange)
class BulkChangeAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy(
        "What was done to many rows in one go. Tick rows of a list and choose an action: here you see what became of "
        "each, and can undo it once."
    )
    list_display = ["name", "shown_state", "changed", "left_alone", "actor_label", "made_at"]
    list_filter = [("state", ChoicesDropdownFilter), ActionFilter]
    list_select_related = ["job", "undo_job"]
    search_help_text = gettext_lazy("Who did it")
    fields = ["actor_label", "made_at", "reason", "undone_by", "undone_at"]
    actions_detail = ["undo"]

    class Media:
        js = ["jobs/progress.js"]
        css = {"all": ["jobs/progress.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Of lists that this person may read."""
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(action__in=[one.name for one in seen_by(request)])

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(actor_label__iexact=text)

    def get_fields(self, request: HttpRequest, obj: BulkChange | None = None) -> list[str]:
        if obj is None:
            return list(self.fields)
        return [name for name in self.fields if name in ("actor_label", "made_at") or getattr(obj, name)]

    def panels(self, request: HttpRequest, obj: BulkChange) -> list[Panel]:
        return panels.of_change(request, self.admin_site, obj)

    def pointless_actions(self, obj: BulkChange) -> set[str]:
        return set() if services.is_undoable(obj) else {"undo"}

    def has_undo_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may do it may undo it."""
        change = self.get_object(request, object_id) if object_id else None
        known = change and change.known_action
        return bool(known and request.user.has_perm(known.permission))

    @action(description=gettext_lazy("Undo"), permissions=["undo"], icon="undo", variant=ActionVariant.PRIMARY)
    def undo(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, undoing(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("what was done"))
    def name(self, change: BulkChange) -> str:
        return str(change)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, change: BulkChange) -> SafeString:
        job = change.current_job
        if job and job.state in Job.STOPPED and change.state in (State.DOING, State.UNDOING):
            return badge(panels.stopped(change), "danger")
        return badge(change.get_state_display(), TONES[State(change.state)])

    @admin.display(description=gettext_lazy("left as they were"))
    def left_alone(self, change: BulkChange) -> int:
        return sum(change.left.values())


def seen_by(request: HttpRequest) -> list[Action]:
    """The acts on lists that this person may read."""
    found = []
    for known in actions().values():
        app, _, model = known.model.partition(".")
        if request.user.has_perm(f"{app}.view_{model}"):
            found.append(known)
    return found
