"""Levels and segments, with how many customers each has."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from customers.models import Level, Segment
from loyalty_site.backoffice.records import AuditedAdmin
from loyalty_site.backoffice.theme import link

CUSTOMERS = "admin:customers_customer_changelist"


class GroupAdmin(AuditedAdmin):
    """A group of customers: it can be deleted as long as nobody is in it."""

    ordering = ["name"]
    search_help_text = gettext_lazy("Name")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_customer_counts()

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(name__icontains=text)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        occupied = isinstance(obj, Model) and obj.customers_count > 0
        return not occupied and super().has_delete_permission(request, obj)

    def customers_link(self, obj: Level | Segment, query: str) -> SafeString:
        return link(obj.customers_count, f"{reverse(CUSTOMERS)}?{query}={obj.pk}")


@admin.register(Level)
class LevelAdmin(GroupAdmin):
    purpose = gettext_lazy(
        "Levels reward loyal customers, and every customer is on one. Make the first before you add customers."
    )
    list_display = ["name", "how_many", "from_amount", "discount", "active"]
    ordering = ["from_amount", "id"]
    fieldsets = [
        (None, {"fields": ["name", "description", "active", "from_amount"]}),
        (gettext_lazy("What it gives"), {"fields": ["reward_name", "reward_value", "reward_code"]}),
    ]

    @admin.display(description=gettext_lazy("reward value"), ordering="reward_value")
    def discount(self, level: Level) -> str:
        return f"{level.reward_value:.2%}"

    @admin.display(description=gettext_lazy("customers"))
    def how_many(self, level: Level) -> SafeString:
        return self.customers_link(level, "level__id__exact")


@admin.register(Segment)
class SegmentAdmin(GroupAdmin):
    purpose = gettext_lazy(
        "A segment gathers customers for whom a campaign is meant. Make one, then choose it on customers' pages."
    )
    list_display = ["name", "how_many", "description", "active", "created_at"]
    fields = ["name", "description", "active"]

    @admin.display(description=gettext_lazy("customers"))
    def how_many(self, segment: Segment) -> SafeString:
        return self.customers_link(segment, "segment")
