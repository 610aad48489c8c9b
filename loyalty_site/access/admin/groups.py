"""Groups of staff and what they may do."""

from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToManyField, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.records import AuditedAdmin
from loyalty_site.backoffice.theme import searchable

admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(AuditedAdmin):
    list_display = ["name"]
    ordering = ["name"]
    search_help_text = gettext_lazy("Name")
    fields = ["name", "permissions"]

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(name__icontains=text)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **options: Any
    ) -> ModelMultipleChoiceField:
        """Only permissions for what the back office shows."""
        shown = ContentType.objects.get_for_models(*self.admin_site._registry).values()
        permissions = Permission.objects.filter(content_type__in=shown).select_related("content_type")
        field = super().formfield_for_manytomany(db_field, request, queryset=permissions, **options)
        field.label_from_instance = attrgetter("name")
        return searchable(field, gettext_lazy("Type to find: campaign, customer, points, …"))
