"""The reasons that staff choose from, and how much each group may move alone."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from loyalty_site.access import granting
from loyalty_site.backoffice.records import AuditedAdmin
from points.adjustments.models import AdjustmentCeiling, AdjustmentReason


@admin.register(AdjustmentReason)
class AdjustmentReasonAdmin(AuditedAdmin):
    purpose = gettext_lazy("Whoever adds or takes points says why. These are the reasons to choose from.")
    list_display = ["name", "code", "position", "active"]
    fields = ["name", "code", "position", "active"]
    search_help_text = gettext_lazy("Text or code")

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(name__icontains=text) | rows.filter(code__istartswith=text)

    def get_readonly_fields(self, request: HttpRequest, obj: AdjustmentReason | None = None) -> tuple[str, ...]:
        """Reports are made by the code."""
        return (*super().get_readonly_fields(request, obj), *(["code"] if obj else []))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Adjustments point at it; one that is not wanted any more can be switched off."""
        return False


@admin.register(AdjustmentCeiling)
class AdjustmentCeilingAdmin(AuditedAdmin):
    """For those who manage staff: a ceiling says what somebody may do."""

    purpose = gettext_lazy(
        "Say for each group how many points its members may move alone. Who is in no group with a ceiling needs a "
        "second person for every point."
    )
    list_display = ["group", "per_adjustment", "per_day", "per_approval"]
    list_select_related = ["group"]
    fields = ["group", "per_adjustment", "per_day", "per_approval"]
    search_help_text = gettext_lazy("The group's name")

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(group__name__icontains=text)

    def get_readonly_fields(self, request: HttpRequest, obj: AdjustmentCeiling | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(["group"] if obj else []))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(granting.MANAGE_STAFF) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(granting.MANAGE_STAFF) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A shipped group would get its first one back; a ceiling of 0 says the same."""
        return False
