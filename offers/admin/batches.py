"""Offers to many: prepared, looked at, given, taken back."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import Admin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import (
    ActionVariant,
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    action,
    badge,
    day,
)
from offers.admin import batch_asking, batch_panels
from offers.admin.batch_form import BatchForm
from offers.batch_models import GiftBatch
from offers.bulk import services
from offers.models import CustomerOffer

State = GiftBatch.State
TONES = {State.PREPARED: "warning", State.GIVING: "info", State.GIVEN: "success", State.WITHDRAWING: "info"}
DATES = ("first_day", "last_day")


@admin.register(GiftBatch)
class GiftBatchAdmin(Admin):
    form = BatchForm
    purpose = gettext_lazy(
        "An offer can be given to many customers at once. Prepare that here; you see who gets it first."
    )
    list_display = ["prepared_at", "offer", "audience", "shown_state", "given", "prepared_by"]
    list_filter = [("offer", AutocompleteSelectFilter), ("state", ChoicesDropdownFilter), ("prepared_at", DaysFilter)]
    list_select_related = ["offer"]
    search_help_text = gettext_lazy("The offer's code, or words of the audience or of what it is for")
    actions_detail = ["start", "drop", "withdraw"]
    add_fieldsets = [
        (None, {"fields": ["offer", DATES, "reference", "repeat"]}),
        (gettext_lazy("Who shall get it"), {"fields": [("segment", "level"), "pasted", "file"]}),
    ]
    fieldsets = [
        (None, {"fields": ["offer", "audience", "shown_dates", "reference", "repeat", "prepared_by", "prepared_at"]})
    ]
    readonly_fields = ["audience", "shown_dates", "prepared_by", "prepared_at"]

    class Media:
        js = ["jobs/progress.js"]
        css = {"all": ["jobs/progress.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: GiftBatch | None = None) -> list[Any]:
        return self.add_fieldsets if obj is None else self.fieldsets

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        words = Q(audience__icontains=text) | Q(reference__icontains=text)
        return rows.filter(words | Q(offer__code__istartswith=text))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its page is to be looked at; what happens to it happens by its buttons."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_give_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("offers.add_giftbatch")

    def has_take_back_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("offers.change_giftbatch")

    def pointless_actions(self, obj: GiftBatch) -> set[str]:
        if obj.state == State.PREPARED:
            return {"withdraw"} if obj.preview["to_give"] else {"withdraw", "start"}
        return {"start", "drop"} if services.may_be_withdrawn(obj) else {"start", "drop", "withdraw"}

    def panels(self, request: HttpRequest, obj: GiftBatch) -> list[Panel]:
        answers = Count("pk", filter=~Q(state=CustomerOffer.State.NONE))
        counted = obj.gifts.aggregate(held=Count("pk"), answered=answers)
        samples = Customer.objects.filter(pk__in=obj.preview.get("samples", []))
        may_see = request.user.has_perm("customers.view_customer")
        return batch_panels.of_batch(obj, counted, list(samples) if may_see else None)

    def save_form(self, request: HttpRequest, form: BatchForm, change: bool) -> GiftBatch:
        """The service makes the batch with what it has found out."""
        facts = {"actor": actor_of(request), "at": timezone.now()}
        return services.prepare(form.cleaned_data["offer"], form.wish(), **facts)

    def save_model(self, request: HttpRequest, obj: GiftBatch, form: BatchForm, change: bool) -> None:
        """Nothing: the service has."""

    def save_related(self, request: HttpRequest, form: BatchForm, formsets: list[Any], change: bool) -> None:
        """Nothing hangs on it."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the one button that leads to the look at it."""
        only = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, (extra_context or {}) | only)

    def response_add(self, request: HttpRequest, obj: GiftBatch, post_url_continue: str | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:offers_giftbatch_change", args=[obj.pk]))

    @action(description=gettext_lazy("Give it"), permissions=["give"], icon="redeem")
    def start(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, batch_asking.starting(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Drop"), permissions=["give"], icon="delete")
    def drop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, batch_asking.dropping(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Take back"), permissions=["take_back"], icon="undo", variant=ActionVariant.DANGER)
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, batch_asking.withdrawing(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, batch: GiftBatch) -> SafeString:
        return badge(batch.get_state_display(), TONES.get(State(batch.state), ""))

    @admin.display(description=gettext_lazy("valid"))
    def shown_dates(self, batch: GiftBatch) -> str:
        first = day(batch.begins_at)
        return f"{first} – {day(batch.expires_at)}" if batch.expires_at else f"{first} –"
