"""Sales in the shops, to be read."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from customers.models import Customer, Transaction, TransactionItem
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
    TabularInline,
)


class ItemInline(TabularInline):
    model = TransactionItem
    fields = ["sku", "name", "quantity", "gross_value", "category", "maker"]
    verbose_name_plural = gettext_lazy("Items")
    can_delete = False
    hide_title = True
    extra = 0
    per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Transaction | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Transaction | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Transaction | None = None) -> bool:
        return request.user.has_perm("customers.view_transaction")


@admin.register(Transaction)
class TransactionAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy(
        "What customers paid for in stores is listed here once it is known. Begin with the customers."
    )
    begins_at = ("customers.customer", gettext_lazy("Open the customers"))
    list_display = ["document_number", "document_type", "customer", "gross_value", "store", "purchased_at"]
    list_filter = [
        ("customer", AutocompleteSelectFilter),
        ("document_type", ChoicesDropdownFilter),
        ("store", RelatedDropdownFilter),
        ("purchased_at", DaysFilter),
    ]
    list_select_related = ["customer", "store"]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("Document number, or the customer's e-mail, phone or card")
    fields = ["document_number", "document_type", "customer", "store", "purchased_at", "gross_value", "delivery_value"]
    inlines = [ItemInline]

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        customers = list(Customer.objects.by_identifier(text).values_list("pk", flat=True))
        return rows.filter(Q(document_number=text) | Q(customer__in=customers))
