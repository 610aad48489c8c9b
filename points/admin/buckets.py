"""Until when points can be spent, of all customers: what lies behind the figures of points that expire."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import link
from loyalty_site.days import day_of
from points.admin.filters import GivenBackFilter
from points.models import Bucket


@admin.register(Bucket)
class BucketAdmin(ReadOnlyAdmin):
    """Empty ones are left out, and those whose day has passed: their points are gone."""

    purpose = gettext_lazy(
        "Points that can be spent are listed here with the last day for it, the soonest first. Begin with a customer."
    )
    begins_at = ("customers.customer", gettext_lazy("Open the customers"))
    list_display = ["expires_on", "customer", "points"]
    list_filter = [("expires_on", DaysFilter), GivenBackFilter]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("The customer's name, e-mail, phone, card or number")
    ordering = ["expires_on", "pk"]
    fields = ["customer", "expires_on", "points"]
    readonly_fields = ["customer"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        valid = super().get_queryset(request).filter(points__gt=0, expires_on__gte=day_of(timezone.now()))
        return valid.select_related("account__customer")

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """With how many were given back, where only such are listed."""
        columns = list(super().get_list_display(request))
        return [*columns, "given_back"] if request.GET.get(GivenBackFilter.parameter_name) == "yes" else columns

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(account__in=Customer.objects.found_by(text).values("pk"))

    @admin.display(description=gettext_lazy("customer"))
    def customer(self, bucket: Bucket) -> SafeString:
        return link(bucket.account.customer, reverse("admin:customers_customer_change", args=[bucket.account_id]))

    @admin.display(description=gettext_lazy("of them given back"))
    def given_back(self, bucket: Bucket) -> int:
        return bucket.given_back
