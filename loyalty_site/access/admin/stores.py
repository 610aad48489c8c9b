"""Stores."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from loyalty_site.access.models import Store
from loyalty_site.backoffice.records import AuditedAdmin


@admin.register(Store)
class StoreAdmin(AuditedAdmin):
    purpose = gettext_lazy(
        "A store is where tills stand. Add your stores to see where sales are made and to bind tokens to them."
    )
    list_display = ["name", "identifier", "city", "country"]
    ordering = ["name"]
    search_help_text = gettext_lazy("Name, identifier or city")
    fieldsets = [
        (None, {"fields": ["name", "identifier", "description"]}),
        (
            gettext_lazy("Address"),
            {"fields": [("street", "address1", "address2"), ("postal", "city"), ("province", "country")]},
        ),
    ]

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(Q(name__icontains=text) | Q(identifier__istartswith=text) | Q(city__istartswith=text))

    def has_delete_permission(self, request: HttpRequest, obj: Store | None = None) -> bool:
        """Customers, sales, sellers and tokens point at stores."""
        return False
