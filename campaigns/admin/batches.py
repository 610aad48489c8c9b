"""Batches of coupons: what a check found, what became of the codes, and the buttons that go on from there."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from campaigns.admin import batch_panels
from campaigns.admin.batch_codes import download
from campaigns.admin.batch_questions import confirming, undoing
from campaigns.batches.services import UNDOABLE, is_at_work
from campaigns.models import CouponBatch
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import (
    ActionVariant,
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    action,
)


@admin.register(CouponBatch)
class CouponBatchAdmin(ReadOnlyAdmin):
    list_display = ["label", "campaign", "shown_state", "free", "sold", "withdrawn", "removed", "created_at"]
    list_filter = [
        ("campaign", AutocompleteSelectFilter),
        ("source", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
    ]
    list_select_related = ["campaign", "check_job", "fill_job", "empty_job"]
    list_per_page = 20  # each line counts what was sold of its codes
    search_help_text = gettext_lazy("Words of its name")
    purpose = gettext_lazy(
        "Codes that came in together. Import or generate some on the page of their campaign: here you see what became "
        "of them, and can take those that nobody bought out again."
    )
    fields = ["campaign", "source", "pattern", "made_by", "created_at"]
    actions_detail = ["confirm", "undo", "codes"]

    class Media:
        js = ["jobs/progress.js"]
        css = {"all": ["jobs/progress.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_use()

    def get_fields(self, request: HttpRequest, obj: CouponBatch | None = None) -> list[str]:
        return [field for field in self.fields if field != "pattern" or obj is None or obj.pattern]

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(label__icontains=text)

    def panels(self, request: HttpRequest, obj: CouponBatch) -> list[Panel]:
        return batch_panels.of_batch(request, obj)

    def pointless_actions(self, obj: CouponBatch) -> set[str]:
        pointless = set()
        if obj.state != CouponBatch.State.CHECKED or not obj.new or obj.check_job is None:
            pointless.add("confirm")
        if obj.state not in UNDOABLE or is_at_work(obj):
            pointless.add("undo")
        if obj.added == obj.removed:
            pointless.add("codes")
        return pointless

    def has_load_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("campaigns.add_coupon")

    def has_withdraw_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("campaigns.change_coupon")

    def has_codes_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("campaigns.view_coupon")

    @action(
        description=gettext_lazy("Import what is new"),
        permissions=["load"],
        icon="check",
        variant=ActionVariant.PRIMARY,
    )
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, confirming(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Undo"), permissions=["withdraw"], icon="undo", variant=ActionVariant.DANGER)
    def undo(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, undoing(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Download codes"), permissions=["codes"], icon="download")
    def codes(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return download(request, self.found(request, object_id))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, batch: CouponBatch) -> SafeString:
        return batch_panels.state_badge(batch)

    @admin.display(description=gettext_lazy("free"))
    def free(self, batch: Any) -> int:
        return batch.free

    @admin.display(description=gettext_lazy("sold"))
    def sold(self, batch: Any) -> int:
        return batch.sold

    @admin.display(description=gettext_lazy("withdrawn"))
    def withdrawn(self, batch: Any) -> int:
        return batch.withdrawn
