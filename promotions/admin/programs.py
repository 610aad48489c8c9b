"""Programs: what promotions belong to."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.records import AuditedAdmin
from loyalty_site.backoffice.theme import link
from promotions.models import Program

PROMOTIONS = "admin:promotions_promotion_changelist"


@admin.register(Program)
class ProgramAdmin(AuditedAdmin):
    purpose = gettext_lazy(
        "A program holds promotions together, as partners' systems name them. Add one, then its promotions."
    )
    list_display = ["name", "id", "how_many", "description"]
    fields = ["name", "description"]
    search_help_text = gettext_lazy("Name, or number")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(promotions_count=Count("promotions"))

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(pk=int(text)) if is_number(text) else rows.filter(name__icontains=text)

    def has_delete_permission(self, request: HttpRequest, obj: Program | None = None) -> bool:
        """One with promotions stays."""
        occupied = obj is not None and obj.promotions_count > 0
        return not occupied and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("promotions"), ordering="promotions_count")
    def how_many(self, program: Program) -> SafeString:
        return link(program.promotions_count, f"{reverse(PROMOTIONS)}?program__id__exact={program.pk}")


def is_number(text: str) -> bool:
    """Of those that the columns hold."""
    return text.isascii() and text.isdigit() and len(text) <= 18
