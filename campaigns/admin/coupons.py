"""Codes: to be found, with what became of each; free ones are withdrawn, and withdrawn ones put back."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.admin.coupon_questions import releasing, withdrawing
from campaigns.admin.coupon_story import story
from campaigns.admin.exports import COUPONS
from campaigns.admin.filters import CouponStateFilter
from campaigns.bulk.shelving import RELEASE, WITHDRAW
from campaigns.models import Coupon, Purchase
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import ActionVariant, AutocompleteSelectFilter, action, badge, link
from loyalty_site.bulk.admin.offering import BulkAdmin
from loyalty_site.exporting.lists import ExportableAdmin


@admin.register(Coupon)
class CouponAdmin(BulkAdmin, ExportableAdmin, ReadOnlyAdmin):
    table = COUPONS
    purpose = gettext_lazy("Coupons are the codes that customers get. They are added on the page of their campaign.")
    begins_at = ("campaigns.campaign", gettext_lazy("Open the campaigns"))
    list_display = ["code", "campaign", "shown_state", "holder", "sold_at"]
    list_filter = [("campaign", AutocompleteSelectFilter), ("batch", AutocompleteSelectFilter), CouponStateFilter]
    list_select_related = ["campaign"]
    ordering = ["campaign_id", "position"]  # as an index has it; "campaign" alone would mean the campaigns' own order
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("How the code begins")
    fields = ["code", "campaign", "shown_state", "position"]
    readonly_fields = ["shown_state"]
    bulk = [WITHDRAW, RELEASE]
    actions_detail = ["withdraw", "release"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the one purchase of each pooled code; a code that all buyers share has too many to load."""
        pooled = Purchase.objects.filter(position__gte=0).select_related("customer")
        # Asked for each row that is shown: PostgreSQL would read all purchases to answer EXISTS.
        sold = Subquery(Purchase.objects.filter(coupon=OuterRef("pk")).values("pk")[:1])
        return (
            super()
            .get_queryset(request)
            .annotate(sold=sold)
            .prefetch_related(Prefetch("purchases", pooled, to_attr="pooled"))
        )

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(code__startswith=text)

    def panels(self, request: HttpRequest, obj: Coupon) -> list[Panel]:
        return [story(request, obj)]

    def pointless_actions(self, obj: Coupon) -> set[str]:
        if obj.sold:
            return {"withdraw", "release"}
        return {"withdraw"} if obj.voided_at else {"release"}

    def has_withdraw_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("campaigns.change_coupon")

    @action(description=gettext_lazy("Withdraw"), permissions=["withdraw"], icon="block", variant=ActionVariant.DANGER)
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, withdrawing(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Put back on sale"), permissions=["withdraw"], icon="undo")
    def release(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, releasing(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, coupon: Coupon) -> SafeString:
        if coupon.voided_at:
            return badge(_("withdrawn"))
        if not coupon.sold:
            return badge(_("free"), "success")
        purchase = _purchase(coupon)
        if purchase and purchase.refunded_at:
            return badge(_("refunded"), "warning")
        return badge(_("used"), "primary") if purchase and purchase.used else badge(_("sold"), "info")

    @admin.display(description=gettext_lazy("customer"))
    def holder(self, coupon: Coupon) -> Any:
        purchase = _purchase(coupon)
        if purchase:
            return link(purchase.customer, reverse("admin:customers_customer_change", args=[purchase.customer_id]))
        return _("every buyer") if coupon.sold else None

    @admin.display(description=gettext_lazy("sold"))
    def sold_at(self, coupon: Coupon) -> Any:
        purchase = _purchase(coupon)
        return purchase and purchase.purchased_at


def _purchase(coupon: Coupon) -> Purchase | None:
    return coupon.pooled[0] if coupon.pooled else None
