"""The log of what was sent, to whom, and what they said."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.filters import DaysFilter, KnownChoiceFilter
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ChoicesDropdownFilter, RelatedDropdownFilter, action, moment
from loyalty_site.outbox import services
from loyalty_site.outbox.admin import asking, panels
from loyalty_site.outbox.admin.showing import answer, receiver, state_badge, when
from loyalty_site.outbox.kinds import TEST, kinds
from loyalty_site.outbox.models import Delivery
from loyalty_site.outbox.outcomes import LONGEST_ANSWER

MOST = 1_000  # chosen deliveries that are sent again at once


class KindFilter(KnownChoiceFilter):
    title = gettext_lazy("event")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in sorted([*kinds(), TEST.name])]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(event__kind=value)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["shown_kind", "to", "shown_state", "attempts", "said", "happened_at", "shown_next"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("subscription", RelatedDropdownFilter),
        KindFilter,
        ("event__created_at", DaysFilter),
    ]
    list_select_related = ["event", "subscription"]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("Id of the event, of the customer, or of what it happened to")
    purpose = gettext_lazy("Whatever is sent to other systems, and by mail to customers, is listed here.")
    actions = ["send_selected_again"]
    actions_detail = ["send_again"]
    fields = [
        "shown_kind",
        "to",
        "shown_state",
        "attempts",
        "whole_answer",
        "shown_last",
        "shown_next",
        "happened_at",
        "event_id",
    ]
    readonly_fields = fields

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        try:
            key = UUID(text)
        except ValueError:
            return rows.filter(event__object_id=text)
        return rows.filter(event=key) | rows.filter(event__customer_id=key) | rows.filter(event__object_id=str(key))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("event", "subscription")

    def panels(self, request: HttpRequest, obj: Delivery) -> list[Panel]:
        return [panels.of_delivery(request, self.admin_site, obj)]

    def has_replay_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("outbox.replay_delivery")

    @action(description=gettext_lazy("Send again"), permissions=["replay"], icon="replay")
    def send_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, asking.replaying(request, self.found(request, object_id)))

    @admin.action(description=gettext_lazy("Send again"), permissions=["replay"])
    def send_selected_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        if queryset[: MOST + 1].count() > MOST:
            many = _("Choose at most %(n)d. A webhook's own page sends again all that failed.")
            messages.error(request, many % {"n": MOST})
            return
        sent = services.replay(queryset, actor=actor_of(request), at=timezone.now())
        told = ngettext("%(n)d delivery is on its way again.", "%(n)d deliveries are on their way again.", sent)
        messages.success(request, told % {"n": sent})

    @admin.display(description=gettext_lazy("event"))
    def shown_kind(self, delivery: Delivery) -> str:
        return delivery.event.kind

    @admin.display(description=gettext_lazy("to"))
    def to(self, delivery: Delivery) -> str:
        return receiver(delivery)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, delivery: Delivery) -> SafeString:
        return state_badge(delivery)

    @admin.display(description=gettext_lazy("answer"))
    def said(self, delivery: Delivery) -> str:
        return answer(delivery)

    @admin.display(description=gettext_lazy("answer"))
    def whole_answer(self, delivery: Delivery) -> str:
        return answer(delivery, LONGEST_ANSWER)

    @admin.display(description=gettext_lazy("happened"))
    def happened_at(self, delivery: Delivery) -> str:
        return moment(delivery.event.created_at)

    @admin.display(description=gettext_lazy("last try"))
    def shown_last(self, delivery: Delivery) -> str:
        return when(delivery.last_at)

    @admin.display(description=gettext_lazy("next try"))
    def shown_next(self, delivery: Delivery) -> str:
        return when(delivery.next_at)

    @admin.display(description=gettext_lazy("id of the event"))
    def event_id(self, delivery: Delivery) -> str:
        return str(delivery.event_id)
