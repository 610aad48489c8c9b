"""Offers that customers were given: to be read, and to be completed when staff know that one was fulfilled."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import DateTimeField, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import Decision, decide
from loyalty_site.backoffice.filters import DaysFilter, KnownChoiceFilter
from loyalty_site.backoffice.reasons import reason_field
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
    action,
)
from loyalty_site.errors import DomainError
from offers import services
from offers.admin.showing import span, state_badge
from offers.batch_models import GiftBatch
from offers.errors import OfferExpired, OfferNotActive, OfferNotEffectiveYet, OfferNotShownYet
from offers.models import CustomerOffer

MOST_BATCHES = 100  # offered to choose from, the latest first


class BatchFilter(KnownChoiceFilter):
    """Of one batch, as its page links here."""

    title = gettext_lazy("batch")
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(batch.pk), str(batch)) for batch in GiftBatch.objects.select_related("offer")[:MOST_BATCHES]]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(batch=UUID(value))


class CompletionForm(forms.Form):
    reason = reason_field(
        gettext_lazy("Such as the number of the receipt. The audit trail shows it."),
        label=gettext_lazy("How it was fulfilled"),
    )


@admin.register(CustomerOffer)
class CustomerOfferAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy(
        "Offers that customers were given are listed here, with what they answered. Begin with an offer."
    )
    begins_at = ("offers.offer", gettext_lazy("Open the offers"))
    list_display = ["given_at", "customer", "offer", "code", "shown_state", "shown_dates", "partner", "source"]
    list_filter = [
        ("offer", AutocompleteSelectFilter),
        ("customer", AutocompleteSelectFilter),
        ("state", ChoicesDropdownFilter),
        ("partner", RelatedDropdownFilter),
        ("given_at", DaysFilter),
        BatchFilter,
    ]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("The customer's e-mail, phone or card, or the trace id")
    fields = [
        *["customer", "offer", "code", "shown_state", "accepted_at", "version"],
        *["displayed_from", "effective_from", "expires_at", "rank"],
        *["partner", "batch", "source", "reference", "trace_id", "given_at"],
    ]
    readonly_fields = ["shown_state"]
    actions_detail = ["complete"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        at = Value(timezone.now(), DateTimeField())
        return super().get_queryset(request).for_lists().annotate(asked_at=at)

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        customers = list(Customer.objects.by_identifier(text).values_list("pk", flat=True))
        try:
            return rows.filter(Q(customer__in=customers) | Q(trace_id=UUID(text)))
        except ValueError:
            return rows.filter(customer__in=customers)

    def has_complete_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("offers.change_customeroffer")

    def pointless_actions(self, obj: CustomerOffer) -> set[str]:
        return set() if obj.state == CustomerOffer.State.ACCEPTED else {"complete"}

    @action(description=gettext_lazy("Complete"), permissions=["complete"], icon="task_alt")
    def complete(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, _completing(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("answer"), ordering="state")
    def shown_state(self, given: CustomerOffer) -> SafeString:
        return state_badge(given, given.asked_at)

    @admin.display(description=gettext_lazy("valid"), ordering="effective_from")
    def shown_dates(self, given: CustomerOffer) -> str:
        return span(given)


def _completing(request: HttpRequest, given: CustomerOffer) -> Decision:
    names = {"customer": given.customer, "offer": given.offer}

    def act(data: dict[str, Any]) -> str:
        facts = {"actor": actor_of(request), "at": timezone.now(), "reason": data["reason"]}
        services.complete(given.customer_id, given.code, **facts)
        return _("“%(offer)s” of %(customer)s is completed.") % names

    return Decision(
        title=_("Complete “%(offer)s”") % names,
        explanation=_("%(customer)s has fulfilled the offer. This cannot be taken back.") % names,
        button=_("Complete"),
        form=CompletionForm,
        act=act,
        refused=_sentence,
        back=reverse("admin:offers_customeroffer_change", args=[given.pk]),
    )


def _sentence(refusal: DomainError) -> str:
    if isinstance(refusal, OfferNotActive):
        return _("The offer is switched off: set its status to “active” first.")
    if isinstance(refusal, OfferExpired):
        return _("The offer has expired.")
    if isinstance(refusal, OfferNotEffectiveYet | OfferNotShownYet):
        return _("The offer is not effective yet.")
    return _("Only an accepted offer can be completed.")
