"""The ledger: every movement of points, to be read."""

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.theme import ActionVariant, ChoicesDropdownFilter, action, badge, link, moment
from loyalty_site.exporting.lists import ExportableAdmin
from points.adjustments.services import may_be_taken_back
from points.admin import causes
from points.admin.adjusting import taking_back
from points.admin.comments import may_read_all, said_to
from points.admin.exports import LEDGER
from points.admin.filters import CustomerFilter, DirectionFilter, LeftFilter
from points.models import Transfer

TONES = {
    "earn": "success",
    "reverse": "info",
    "spend": "primary",
    "deduct": "warning",
    "expire": "",
    "cancel": "warning",
}


@admin.register(Transfer)
class TransferAdmin(ExportableAdmin, ReadOnlyAdmin):
    table = LEDGER
    purpose = gettext_lazy(
        "Every movement of points stands here for good. Points are added on a customer's page and over the API."
    )
    begins_at = ("customers.customer", gettext_lazy("Open the customers"))
    list_display = [
        "when",
        "customer",
        "shown_kind",
        "shown_points",
        "balance_after",
        "channel",
        "shown_comment",
        "who",
        "short_id",
    ]
    list_filter = [
        CustomerFilter,
        DirectionFilter,
        ("kind", ChoicesDropdownFilter),
        ("channel", ChoicesDropdownFilter),
        LeftFilter,
        ("created_at", DaysFilter),
    ]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("Short id, or the customer's e-mail, phone, card or number")
    fields = [
        "customer",
        "shown_kind",
        "shown_points",
        "balance_after",
        "shown_buckets",
        "corrects",
        "corrected_by",
        "cause",
        "channel",
        "partner",
        "reference",
        "said",
        "who",
        "when",
        "short_id",
    ]
    readonly_fields = [
        "customer",
        "shown_kind",
        "shown_points",
        "shown_buckets",
        "corrected_by",
        "cause",
        "said",
        "who",
        "when",
    ]
    actions_detail = ["take_back"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).for_lists().annotate(readable=said_to(request))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What somebody may not read is not guessed at letter by letter either."""
        closed = lookup.startswith("comment") and not may_read_all(request)
        return not closed and super().lookup_allowed(lookup, value, request)

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        customers = list(Customer.objects.by_identifier(text).values_list("pk", flat=True))
        return rows.filter(Q(short_id=text.upper()) | Q(account__in=customers))

    def has_adjust_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("points.adjust_points")

    def pointless_actions(self, obj: Transfer) -> set[str]:
        return set() if may_be_taken_back(obj, at=timezone.now()) else {"take_back"}

    @action(
        description=gettext_lazy("Take this back"), permissions=["adjust"], icon="undo", variant=ActionVariant.DANGER
    )
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        transfer = self.found(request, object_id)
        if may_be_taken_back(transfer, at=timezone.now()):
            return decide(self, request, taking_back(request, transfer))
        messages.error(request, _("This movement was taken back before, or there is nothing left to take back."))
        return HttpResponseRedirect(reverse("admin:points_transfer_change", args=[transfer.pk]))

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """With what is left of each, where only additions with something left are listed."""
        columns = list(super().get_list_display(request))
        if request.GET.get(LeftFilter.parameter_name) == "yes":
            columns.insert(columns.index("shown_points") + 1, "left")
        return columns

    @admin.display(description=gettext_lazy("left"))
    def left(self, transfer: Transfer) -> int:
        return transfer.left

    @admin.display(description=gettext_lazy("when"), ordering="created_at")
    def when(self, transfer: Transfer) -> str:
        return moment(transfer.created_at)

    @admin.display(description=gettext_lazy("who"))
    def who(self, transfer: Transfer) -> str:
        return transfer.actor_label

    @admin.display(description=gettext_lazy("customer"))
    def customer(self, transfer: Transfer) -> SafeString:
        return link(transfer.account.customer, reverse("admin:customers_customer_change", args=[transfer.account_id]))

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def shown_kind(self, transfer: Transfer) -> SafeString:
        return badge(transfer.get_kind_display(), TONES[transfer.kind])

    @admin.display(description=gettext_lazy("points"), ordering="points")
    def shown_points(self, transfer: Transfer) -> str:
        return f"{transfer.points:+}"

    @admin.display(description=gettext_lazy("comment"))
    def shown_comment(self, transfer: Transfer) -> str:
        return transfer.readable or transfer.reference

    @admin.display(description=gettext_lazy("comment"))
    def said(self, transfer: Transfer) -> str:
        return transfer.readable

    @admin.display(description=gettext_lazy("cause"))
    def cause(self, transfer: Transfer) -> SafeString | str:
        """The sale, the reward or the adjustment that it was for."""
        found = causes.of([transfer]).get(transfer.pk)
        return link(found.text, found.url) if found else ""

    @admin.display(description=gettext_lazy("taken back by"))
    def corrected_by(self, transfer: Transfer) -> SafeString | str:
        later = transfer.corrections.first()
        return link(later, reverse("admin:points_transfer_change", args=[later.pk])) if later else "–"

    @admin.display(description=gettext_lazy("expiry days"))
    def shown_buckets(self, transfer: Transfer) -> SafeString:
        lines = ((f"{change['points']:+}", change["expires_on"]) for change in transfer.buckets)
        return format_html_join(", ", "{} ({})", lines)
