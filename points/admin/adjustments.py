"""Adjustments of points: what waits for a second person, and what became of the rest."""

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.panels import Figure, Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import (
    ActionVariant,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
    action,
    badge,
    link,
    moment,
)
from points.adjustments.models import Adjustment
from points.admin.deciding import approving, refusing, withdrawing
from points.models import Account

APPROVE, ADJUST = "points.approve_adjustment", "points.adjust_points"
TONES = {
    "done": "success",
    "waiting": "warning",
    "approved": "success",
    "refused": "danger",
    "withdrawn": "",
    "lapsed": "",
}


@admin.register(Adjustment)
class AdjustmentAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy(
        "Points that staff added or took stand here, and what waits until a second person approves it. Begin with a "
        "customer."
    )
    begins_at = ("customers.customer", gettext_lazy("Open the customers"))
    list_display = ["when", "shown_customer", "shown_points", "reason", "shown_state", "asked_by", "decided_by"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("reason", RelatedDropdownFilter),
        ("asked_at", DaysFilter),
    ]
    search_help_text = gettext_lazy("The customer's e-mail, phone, card or number")
    fields = [
        "shown_customer",
        "shown_points",
        "kind",
        "corrects",
        "reason",
        "text",
        "shown_state",
        "asked_by",
        "when",
        "decided_by",
        "decided",
        "word",
        "transfer",
        "closes",
    ]
    readonly_fields = ["shown_customer", "shown_points", "shown_state", "when", "decided", "closes"]
    actions_detail = ["approve", "refuse", "withdraw"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        others = ["customer", "reason", "asked_by", "decided_by", "transfer", "corrects"]
        return super().get_queryset(request).select_related(*others)

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(customer__in=list(Customer.objects.by_identifier(text).values_list("pk", flat=True)))

    def get_fields(self, request: HttpRequest, obj: Adjustment | None = None) -> list[str]:
        """Without lines that say nothing."""
        if obj is None:
            return self.fields
        empty = {name for name in ("corrects", "decided_by", "word", "transfer") if not getattr(obj, name)}
        empty |= {"decided"} if obj.decided_at is None else {"closes"}
        return [name for name in self.fields if name not in empty]

    def panels(self, request: HttpRequest, obj: Adjustment) -> list[Panel]:
        """Of one that waits: what the balance is, and would be."""
        if not obj.is_open or not request.user.has_perm("points.view_account"):
            return []
        balance = Account.objects.spendable_of(obj.customer_id, timezone.now())
        figures = [Figure(_("Balance now"), balance), Figure(_("Balance after"), balance + obj.points)]
        return [Panel(_("What would come of it"), figures=figures)]

    def has_approve_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Whoever asked is not asked."""
        return request.user.has_perm(APPROVE) and not self._is_own(request, object_id)

    def has_withdraw_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm(ADJUST) and self._is_own(request, object_id)

    def pointless_actions(self, obj: Adjustment) -> set[str]:
        return set() if obj.is_open else {"approve", "refuse", "withdraw"}

    @action(description=gettext_lazy("Approve"), permissions=["approve"], icon="check", variant=ActionVariant.PRIMARY)
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, approving(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Refuse"), permissions=["approve"], icon="close", variant=ActionVariant.DANGER)
    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, refusing(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Withdraw"), permissions=["withdraw"], icon="undo")
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, withdrawing(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("asked at"), ordering="asked_at")
    def when(self, adjustment: Adjustment) -> str:
        return moment(adjustment.asked_at)

    @admin.display(description=gettext_lazy("customer"))
    def shown_customer(self, adjustment: Adjustment) -> SafeString:
        page = reverse("admin:customers_customer_change", args=[adjustment.customer_id])
        return link(adjustment.customer, page)

    @admin.display(description=gettext_lazy("points"))
    def shown_points(self, adjustment: Adjustment) -> str:
        return f"{adjustment.points:+}"

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, adjustment: Adjustment) -> SafeString:
        return badge(adjustment.get_state_display(), TONES[adjustment.state])

    @admin.display(description=gettext_lazy("decided at"))
    def decided(self, adjustment: Adjustment) -> str:
        return moment(adjustment.decided_at) if adjustment.decided_at else ""

    @admin.display(description=gettext_lazy("closes by itself"))
    def closes(self, adjustment: Adjustment) -> str:
        return _("at %(moment)s, if nobody decides before") % {
            "moment": moment(adjustment.asked_at + settings.ADJUSTMENTS_WAIT)
        }

    def _is_own(self, request: HttpRequest, object_id: str | None) -> bool:
        row = self.get_object(request, object_id) if object_id else None
        return row is not None and row.asked_by_id == request.user.pk
