"""Customers' points: to be read, and to be adjusted with a reason."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import TabularInline, action
from points.admin.adjusting import adding, taking
from points.models import Account, Bucket


class BucketInline(TabularInline):
    """Points that have expired by their day are not shown: they are gone, whether or not a movement has said so."""

    model = Bucket
    fields = ["expires_on", "points"]
    verbose_name_plural = gettext_lazy("What expires when")
    can_delete = False
    hide_title = True
    extra = 0
    per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(points__gt=0).order_by("expires_on")

    def has_add_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return request.user.has_perm("points.view_account")


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy(
        "Every customer has an account of points, made with the first movement. Begin with a customer."
    )
    begins_at = ("customers.customer", gettext_lazy("Open the customers"))
    list_display = ["customer", "spendable", "earned", "spent", "gone"]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("The customer's name, e-mail, phone, card or number")
    ordering = ["pk"]  # no other order is kept in an index: balances change with every movement
    fields = ["customer", "spendable", "earned", "spent", "gone"]
    readonly_fields = ["spendable", "gone"]
    inlines = [BucketInline]
    actions_detail = ["add_points", "take_points"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("customer").with_spendable(timezone.now())

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(customer__in=Customer.objects.found_by(text).values("pk"))

    def has_adjust_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("points.adjust_points")

    @admin.display(description=gettext_lazy("can be spent"))
    def spendable(self, account: Account) -> int:
        return account.spendable

    @admin.display(description=gettext_lazy("expired"))
    def gone(self, account: Account) -> int:
        """With the points whose day has passed and that no movement has expired yet."""
        return account.earned - account.spent - account.spendable

    @action(description=gettext_lazy("Add points"), permissions=["adjust"], icon="add")
    def add_points(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, adding(request, self._customer(request, object_id)))

    @action(description=gettext_lazy("Take points"), permissions=["adjust"], icon="remove")
    def take_points(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, taking(request, self._customer(request, object_id)))

    def _customer(self, request: HttpRequest, customer_id: str) -> Customer:
        """The customer of that id, who may have no account yet."""
        customer = self.admin_site.get_model_admin(Customer).get_object(request, customer_id)
        if customer is None or customer.status == Customer.Status.ERASED:
            raise Http404
        return customer
