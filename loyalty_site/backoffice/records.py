"""The lists and pages of the back office: what they all have in common."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.forms import Field as FormField
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from loyalty_site.access import audit
from loyalty_site.backoffice import beginnings, changes, history
from loyalty_site.backoffice.paging import BoundedPaginator
from loyalty_site.backoffice.panels import Panel, within_reach
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import AutocompleteSelectFilter, ChangeList, ModelAdmin
from loyalty_site.errors import DomainError
from loyalty_site.outages import retried


class Admin(ModelAdmin):
    """A list and a page. Django's own log is not written: services keep the audit trail, and History shows that."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # they would count the whole list once for every choice of every filter
    paginator = BoundedPaginator
    list_fullwidth = True
    list_filter_submit = True
    warn_unsaved_form = True
    search_fields = ("pk",)  # Django wants some for a search box; `search` does the searching
    search_help_text = ""
    change_form_outer_before_template = "backoffice/panels.html"
    purpose = ""  # what the list is for, and what to do first: a sentence or two, shown while it is empty
    trail_words: Mapping[str, Promise] = MappingProxyType(
        {}
    )  # what is in audit entries only, or has another label there
    begins_at: tuple[str, str] | None = (
        None  # of a list to which nothing is added: where its records begin, as a button
    )

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        """The rows that this text, which is not blank, finds."""
        return rows

    def search_for(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        """The same, where it depends on who asks."""
        return self.search(rows, text)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        text = search_term.replace("\x00", "").strip()
        return (self.search_for(request, queryset, text) if text else queryset), False

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> FormField | None:
        """Without the theme's side door to other records, whose forms open in a window of their own."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        filters = super().get_list_filter(request)
        return [one for one in filters if not _is_typed(one) or self._may_look_up(request, one[0])]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """With those whose choices somebody may not look up."""
        closed = (name for name in self.autocomplete_fields if not self._may_look_up(request, name))
        return (*super().get_readonly_fields(request, obj), *closed)

    def _may_look_up(self, request: HttpRequest, field: str) -> bool:
        """Whether typing would find anything: the theme asks the list of the other records, which may be closed."""
        other = self.admin_site._registry.get(self.opts.get_field(field).related_model)
        return other is None or other.has_view_permission(request)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        shown = super().get_changelist_instance(request)
        shown.is_narrowed = bool(shown.query or shown.get_filters_params())
        shown.beginning = beginnings.of(self, request)
        return shown

    def panels(self, request: HttpRequest, obj: Model) -> list[Panel]:
        """What the page shows above the form."""
        return []

    def pointless_actions(self, obj: Model) -> set[str]:
        """Names of the page's actions that would change nothing."""
        return set()

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """A service's refusal, which the form could not foresee, undoes everything and is told.

        Who was in another's way in the database begins anew.
        """
        view = super().changeform_view
        try:
            return retried(lambda: view(_rewound(request), *args, **options))
        except DomainError:
            messages.error(request, _("Nothing was saved: somebody else changed this just now. Please look again."))
            return HttpResponseRedirect(request.get_full_path())

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Model | None = None, **options: Any
    ) -> HttpResponse:
        if obj is not None:
            context["panels"] = within_reach(self.panels(request, obj))
            context["media"] = sum((panel.media for panel in context["panels"]), context["media"])
            pointless = self.pointless_actions(obj)
            offered = context.get("actions_detail", [])
            context["actions_detail"] = [link for link in offered if _name_of(link) not in pointless]
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would load all that hangs on the rows
        return actions

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Not in Django's log."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Not in Django's log."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Not in Django's log."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the audit trail says of one object, instead of what Django's log would."""
        subject = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, subject):
            raise PermissionDenied
        if subject is None:
            raise Http404
        return history.page(self, request, subject)

    def found(self, request: HttpRequest, object_id: str) -> Any:
        """The row that an address names. Raises Http404."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row


class ReadOnlyAdmin(Admin):
    """What nobody adds, changes or deletes by hand, superusers included."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class AuditedAdmin(Admin):
    """What has no service of its own: its form saves it and tells the audit trail what changed."""

    private_fields: tuple[str, ...] = ()  # told to be changed, without their values: a trail cannot forget

    def construct_change_message(
        self, request: HttpRequest, form: Form, formsets: list[Any], add: bool = False
    ) -> dict[str, Any]:
        return changes.of_form(form, private=self.private_fields, add=add)

    def log_addition(self, request: HttpRequest, obj: Model, message: dict[str, Any]) -> None:
        self._record(f"{self.opts.verbose_name_raw} added", request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: dict[str, Any]) -> None:
        if message["after"]:
            self._record(f"{self.opts.verbose_name_raw} changed", request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> None:
        for gone in queryset:
            self._record(f"{self.opts.verbose_name_raw} deleted", request, gone, {})

    def _record(self, action: str, request: HttpRequest, obj: Model, facts: dict[str, Any]) -> None:
        audit.record(action, obj, actor=actor_of(request), at=timezone.now(), **facts)


def _rewound(request: HttpRequest) -> HttpRequest:
    """Its files may have been read by a first try."""
    for sent in request.FILES.values():
        sent.seek(0)
    return request


def _name_of(action_link: dict[str, Any]) -> str:
    return action_link["path"].rstrip("/").rpartition("/")[2]


def _is_typed(choice: Any) -> bool:
    return isinstance(choice, tuple) and choice[1] is AutocompleteSelectFilter
