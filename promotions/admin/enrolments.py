"""Who is enrolled in what: to be read, and to be revoked with a reason."""

from typing import Any

from django.contrib import admin
from django.db.models import DateTimeField, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import Decision, decide
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.reasons import ReasonForm
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import (
    ActionVariant,
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    action,
)
from loyalty_site.errors import DomainError
from promotions import services
from promotions.admin.showing import enrolment_badge
from promotions.models import Enrolment


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy("Customers who take part in a promotion are listed here. Begin with a promotion.")
    begins_at = ("promotions.promotion", gettext_lazy("Open the promotions"))
    list_display = ["id", "customer", "promotion", "turn", "shown_state", "enrolled_at", "ends_at", "source"]
    list_filter = [
        ("promotion", AutocompleteSelectFilter),
        ("customer", AutocompleteSelectFilter),
        ("state", ChoicesDropdownFilter),
        ("enrolled_at", DaysFilter),
    ]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("The customer's e-mail, phone or card, or the issual number")
    fields = ["customer", "promotion", "turn", "shown_state", "enrolled_at", "ends_at", "source", "actor_label"]
    readonly_fields = ["shown_state"]
    actions_detail = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        at = Value(timezone.now(), DateTimeField())
        return super().get_queryset(request).for_lists().annotate(asked_at=at)

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        customers = list(Customer.objects.by_identifier(text).values_list("pk", flat=True))
        if text.isascii() and text.isdigit() and len(text) <= 18 and not customers:
            return rows.filter(pk=int(text))
        return rows.filter(customer__in=customers)

    def has_revoke_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("promotions.change_enrolment")

    def pointless_actions(self, obj: Enrolment) -> set[str]:
        return set() if obj.state == Enrolment.State.RUNNING else {"revoke"}

    @action(description=gettext_lazy("Revoke"), permissions=["revoke"], icon="undo", variant=ActionVariant.DANGER)
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, _revoking(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, enrolment: Enrolment) -> SafeString:
        return enrolment_badge(enrolment, enrolment.asked_at)


def _revoking(request: HttpRequest, enrolment: Enrolment) -> Decision:
    names = {"customer": enrolment.customer, "promotion": enrolment.promotion}

    def act(data: dict[str, Any]) -> str:
        services.revoke(enrolment.pk, actor=actor_of(request), at=timezone.now(), reason=data["reason"])
        return _("%(customer)s is no longer enrolled in “%(promotion)s”.") % names

    return Decision(
        title=_("Revoke the enrolment in “%(promotion)s”") % names,
        explanation=_("%(customer)s earns nothing by it any more, and may be enrolled once more.") % names,
        button=_("Revoke"),
        form=ReasonForm,
        act=act,
        refused=_sentence,
        back=reverse("admin:promotions_enrolment_change", args=[enrolment.pk]),
        dangerous=True,
    )


def _sentence(refusal: DomainError) -> str:
    return _("This enrolment has ended before.")
