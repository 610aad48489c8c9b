"""Rewards that customers bought: to be read, and to be refunded with a reason."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import services
from campaigns.admin.exports import PURCHASES, PURCHASES_WITH_CODES
from campaigns.admin.filters import RefundedFilter
from campaigns.admin.panels import may_see_codes, purchase_badge
from campaigns.errors import AlreadyRefunded
from campaigns.models import Coupon, Purchase
from customers.models import Customer
from loyalty_site.backoffice.decisions import Decision, decide
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.reasons import reason_field
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import (
    ActionVariant,
    AutocompleteSelectFilter,
    BooleanRadioFilter,
    action,
)
from loyalty_site.errors import DomainError
from loyalty_site.exporting.lists import ExportableAdmin
from loyalty_site.exporting.tables import Table
from points.admin.adjusting import MOVEMENTS_SHOW_IT

MOST_HOLDERS = 100  # of codes that read the same in different campaigns


class RefundForm(forms.Form):
    reason = reason_field(MOVEMENTS_SHOW_IT)


@admin.register(Purchase)
class PurchaseAdmin(ExportableAdmin, ReadOnlyAdmin):
    table = PURCHASES
    purpose = gettext_lazy("Rewards that customers bought are listed here, with their codes. Begin with a campaign.")
    begins_at = ("campaigns.campaign", gettext_lazy("Open the campaigns"))
    list_display = ["purchased_at", "customer", "campaign", "code", "cost_in_points", "shown_state"]
    list_filter = [
        ("campaign", AutocompleteSelectFilter),
        ("customer", AutocompleteSelectFilter),
        ("used", BooleanRadioFilter),
        RefundedFilter,
        ("purchased_at", DaysFilter),
        ("used_at", DaysFilter.called(gettext_lazy("day of use"))),
        ("refunded_at", DaysFilter.called(gettext_lazy("day of the refund"))),
    ]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("The customer's e-mail, phone or card, or a code")
    fields = ["customer", "campaign", "code", "cost_in_points", "shown_state", "transfer", "purchased_at", "used_at"]
    readonly_fields = ["code", "shown_state"]
    actions_detail = ["refund"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).for_lists()

    def search_for(self, request: HttpRequest, rows: QuerySet, text: str) -> QuerySet:
        """A code finds its purchase for those only who may see codes."""
        customers = list(Customer.objects.by_identifier(text).values_list("pk", flat=True))
        if not may_see_codes(request):
            return rows.filter(customer__in=customers)
        coupons = list(Coupon.objects.filter(code=text).values_list("pk", flat=True)[:MOST_HOLDERS])
        return rows.filter(Q(customer__in=customers) | Q(coupon__in=coupons))

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return _seen_by(request, super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: Purchase | None = None) -> list[str]:
        return _seen_by(request, super().get_fields(request, obj))

    def table_for(self, request: HttpRequest) -> Table:
        return PURCHASES_WITH_CODES if PURCHASES_WITH_CODES.is_for(request.user) else PURCHASES

    def has_refund_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("campaigns.refund_purchase")

    def pointless_actions(self, obj: Purchase) -> set[str]:
        return {"refund"} if obj.refunded_at else set()

    @action(
        description=gettext_lazy("Refund"),
        permissions=["refund"],
        icon="undo",
        variant=ActionVariant.DANGER,
    )
    def refund(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, _refunding(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("code"))
    def code(self, purchase: Purchase) -> str:
        return purchase.coupon.code

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, purchase: Purchase) -> SafeString:
        return purchase_badge(purchase)


def _seen_by(request: HttpRequest, columns: list[str]) -> list[str]:
    return [column for column in columns if column != "code" or may_see_codes(request)]


def _refunding(request: HttpRequest, purchase: Purchase) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.refund(purchase.pk, actor=actor_of(request), at=timezone.now(), reason=data["reason"])
        return _("Refunded: %(points)d points went back.") % {"points": purchase.cost_in_points}

    return Decision(
        title=_("Refund “%(campaign)s”") % {"campaign": purchase.campaign},
        explanation=_(
            "%(customer)s gets %(points)d points back and may buy the reward once more. "
            "The code %(code)s is not sold again; make sure that the shop does not take it any more."
        )
        % {
            "customer": purchase.customer,
            "points": purchase.cost_in_points,
            "code": purchase.coupon.code if may_see_codes(request) else "",
        },
        button=_("Refund"),
        form=RefundForm,
        act=act,
        refused=_sentence,
        back=_back(request, purchase),
        dangerous=True,
    )


def _back(request: HttpRequest, purchase: Purchase) -> str:
    """To the page from which staff came: the customer's, or the purchase's own."""
    if request.GET.get("back") == "customer":
        return reverse("admin:customers_customer_change", args=[purchase.customer_id])
    return reverse("admin:campaigns_purchase_change", args=[purchase.pk])


def _sentence(refusal: DomainError) -> str:
    if isinstance(refusal, AlreadyRefunded):
        return _("This purchase was refunded before.")
    return _("This purchase cannot be refunded.")
