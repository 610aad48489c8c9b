"""Groups of staff and what they may do."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, ManyToManyField, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import granting
from loyalty_site.access.permission_names import permission_name
from loyalty_site.access.staff_roles import StaffRole, rights
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import AuditedAdmin
from loyalty_site.backoffice.theme import badge, link, searchable

admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(AuditedAdmin):
    purpose = gettext_lazy(
        "A group gives its members their rights. Four groups are shipped; add your own for other work."
    )
    list_display = ["name", "origin", "shown_members"]
    ordering = ["name"]
    search_help_text = gettext_lazy("Name")
    fields = ["name", "permissions"]

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(name__icontains=text)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("shipped").annotate(members=Count("user"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_open_to(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_open_to(request, obj)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **options: Any
    ) -> ModelMultipleChoiceField:
        """Only permissions for what the back office shows, and of those the reader's own."""
        shown = ContentType.objects.get_for_models(*self.admin_site._registry, for_concrete_models=False).values()
        granted = granting.grantable_permissions(request.user)
        permissions = granted.filter(content_type__in=shown).select_related("content_type")
        field = super().formfield_for_manytomany(db_field, request, queryset=permissions, **options)
        field.label_from_instance = permission_name
        return searchable(field, gettext_lazy("Type to find: campaign, customer, points, …"))

    @admin.display(description=gettext_lazy("made by"))
    def origin(self, group: Group) -> SafeString:
        return badge(_("shipped"), "info") if hasattr(group, "shipped") else badge(_("you"))

    @admin.display(description=gettext_lazy("members"))
    def shown_members(self, group: Group) -> SafeString:
        return link(group.members, f"{reverse('admin:access_user_changelist')}?groups__id__exact={group.pk}")

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        """What can only be read stands in a table above."""
        return ["name", "permissions"] if obj is None or self.has_change_permission(request, obj) else ["name"]

    def panels(self, request: HttpRequest, obj: Group) -> list[Panel]:
        return [] if self.has_change_permission(request, obj) else [_rights_of(obj)]


def _rights_of(group: Group) -> Panel:
    """What the members may do; why so is written down of shipped groups."""
    shipped = hasattr(group, "shipped")
    reasons = _reasons(StaffRole(group.shipped.role)) if shipped else {}
    held = group.permissions.select_related("content_type").order_by("content_type__app_label", "codename")
    return Panel(
        _("Shipped, and kept up to date with every upgrade") if shipped else _("Rights"),
        headers=[_("What its members may do"), _("Why")],
        rows=[
            (permission_name(right), reasons.get(f"{right.content_type.app_label}.{right.codename}", "–"))
            for right in held
        ],
        empty=_("Nothing."),
    )


def _reasons(role: StaffRole) -> dict[str, str]:
    return {right.permission: right.why for right in rights() if right.belongs_to(role)}


def _is_open_to(request: HttpRequest, group: Any) -> bool:
    """A shipped group is the product's; any other may be changed by those who have all that it gives."""
    if not isinstance(group, Group):
        return True
    return not hasattr(group, "shipped") and granting.may_change_group(request.user, group)
