"""Looking up, adding and changing customers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import services
from customers.admin.customer_form import AGREEMENTS, IDENTITY, MAIL, CustomerForm, StatusForm
from customers.admin.exports import CUSTOMERS
from customers.admin.filters import SegmentFilter
from customers.admin.panels import status_badge
from customers.admin.privacy import erasing_data, handing_out_data
from customers.bulk.segments import PUT_INTO, TAKE_OUT_OF
from customers.bulk.status import ACTIVATE, BLOCK
from customers.models import Customer, SegmentMembership
from loyalty_site.backoffice import panels
from loyalty_site.backoffice.decisions import Decision, decide
from loyalty_site.backoffice.filters import DaysFilter
from loyalty_site.backoffice.glance import glance
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ActionVariant, ChoicesDropdownFilter, RelatedDropdownFilter, action, day
from loyalty_site.bulk.admin.offering import BulkAdmin
from loyalty_site.exporting.lists import ExportableAdmin

ADDRESS_LINES = [("street", "address1", "address2"), ("postal", "city"), ("province", "country")]
ABOUT = (gettext_lazy("About this record"), {"fields": ["number", "created_at"]})


@admin.register(Customer)
class CustomerAdmin(BulkAdmin, ExportableAdmin):
    table = CUSTOMERS
    change_form_outer_before_template = "backoffice/long_page.html"
    purpose = gettext_lazy(
        "Customers collect points and spend them on rewards. Add one, or let tills and the shop "
        "register them over the API."
    )
    form = CustomerForm
    list_display = ["name", "shown_status", "level", "shown_segments", "email", "phone", "card_number", "member_since"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("level", RelatedDropdownFilter),
        SegmentFilter,
        ("created_at", DaysFilter.called(gettext_lazy("day of joining"))),
    ]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("Name, e-mail, phone, card, external id or number")
    list_select_related = ["level"]
    bulk = [BLOCK, ACTIVATE, PUT_INTO, TAKE_OUT_OF]
    actions_detail = ["activate", "block", "data_held", "erase"]
    autocomplete_fields = ["store"]
    readonly_fields = ["number", "created_at", "birthday", "shown_segments"]

    class Media:
        css = {"screen": ["backoffice/long_page.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        memberships = SegmentMembership.objects.select_related("segment")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", memberships))

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.found_by(text)

    def get_fieldsets(self, request: HttpRequest, obj: Customer | None = None) -> list[Any]:
        if obj is None:
            return _sections("birth_date", "segments")
        writes = self.has_change_permission(request, obj)
        names = ("birth_date", "segments") if writes else ("birthday", "shown_segments")
        return _folded([*_sections(*names), ABOUT])

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        erased = isinstance(obj, Customer) and obj.status == Customer.Status.ERASED
        return not erased and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The books point at customers: none is ever deleted."""
        return False

    def panels(self, request: HttpRequest, obj: Customer) -> list[Panel]:
        facts = (request, obj, timezone.now())
        return [glance(str(obj), settings.CUSTOMER_GLANCE, *facts), *panels.made(settings.CUSTOMER_PANELS, *facts)]

    def pointless_actions(self, obj: Customer) -> set[str]:
        """Some stand among what can be done at the top of the page."""
        gone = {"data_held", "erase"} if obj.status == Customer.Status.ERASED else set()
        return {"activate", "block"} | gone

    def save_model(self, request: HttpRequest, obj: Customer, form: CustomerForm, change: bool) -> None:
        facts = {"actor": actor_of(request), "at": timezone.now()}
        if change:
            services.change(obj.pk, form.plain_fields(), **facts)
        else:
            services.register(pk=obj.pk, status=Customer.Status.ACTIVE, **form.plain_fields(), **facts)
        services.choose_segments(obj.pk, form.cleaned_data["segments"], **facts)

    @action(description=gettext_lazy("Activate"), permissions=["change"], icon="check_circle")
    def activate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._decide_status(request, object_id, Customer.Status.ACTIVE)

    @action(description=gettext_lazy("Block"), permissions=["change"], icon="block", variant=ActionVariant.DANGER)
    def block(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._decide_status(request, object_id, Customer.Status.BLOCKED)

    def has_hand_out_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("customers.export_held_data")

    def has_erase_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("customers.erase_customer")

    @action(description=gettext_lazy("Export all data held"), permissions=["hand_out"], icon="download")
    def data_held(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, handing_out_data(request, self._present(request, object_id)))

    @action(description=gettext_lazy("Erase"), permissions=["erase"], icon="person_off")
    def erase(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sent once more, by a second click, it is told that it is done."""
        if request.method == "POST":
            return decide(self, request, erasing_data(request, self.found(request, object_id)))
        return decide(self, request, erasing_data(request, self._present(request, object_id)))

    def _present(self, request: HttpRequest, object_id: str) -> Customer:
        """The customer, who was not erased."""
        customer = self.get_object(request, object_id)
        if customer is None or customer.status == Customer.Status.ERASED:
            raise Http404
        return customer

    def _decide_status(self, request: HttpRequest, object_id: str, status: Customer.Status) -> HttpResponse:
        return decide(self, request, _status_decision(request, self._present(request, object_id), status))

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, customer: Customer) -> str:
        return str(customer)

    @admin.display(description=gettext_lazy("member since"), ordering="created_at")
    def member_since(self, customer: Customer) -> datetime:
        return customer.created_at

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def shown_status(self, customer: Customer) -> SafeString:
        return status_badge(customer)

    @admin.display(description=gettext_lazy("birth date"))
    def birthday(self, customer: Customer) -> str | None:
        return customer.birth_date and day(customer.birth_date)

    @admin.display(description=gettext_lazy("segments"))
    def shown_segments(self, customer: Customer) -> str:
        return ", ".join(membership.segment.name for membership in customer.memberships.all())


def _sections(birth_date: str, segments: str) -> list[Any]:
    """The page's sections; two fields go by other names where they are only read."""
    return [
        (gettext_lazy("Who"), {"fields": [("first_name", "last_name"), "gender", birth_date]}),
        (gettext_lazy("How to recognise and reach"), {"fields": IDENTITY}),
        (gettext_lazy("Programme"), {"fields": ["level", "level_set_by_hand", segments, "store"]}),
        (gettext_lazy("Agreements"), {"fields": AGREEMENTS}),
        (gettext_lazy("Mail"), {"fields": MAIL}),
        (gettext_lazy("Address and company"), {"fields": [*ADDRESS_LINES, ("company_name", "company_tax_number")]}),
    ]


def _folded(sections: list[Any]) -> list[Any]:
    """All but the first to be opened by a click: most come to the page to read what stands above."""
    first, *others = sections
    return [first, *((title, options | {"classes": ["collapse"]}) for title, options in others)]


def _status_decision(request: HttpRequest, customer: Customer, status: Customer.Status) -> Decision:
    blocks = status == Customer.Status.BLOCKED

    def act(data: dict[str, Any]) -> str:
        facts = {"actor": actor_of(request), "at": timezone.now(), "reason": data["reason"]}
        services.change_status(customer.pk, status, **facts)
        return _("%(name)s is blocked.") % names if blocks else _("%(name)s may spend points.") % names

    names = {"name": customer}
    return Decision(
        title=_("Block %(name)s") % names if blocks else _("Activate %(name)s") % names,
        explanation=_("A blocked customer keeps the points, and can neither spend them nor log in.")
        if blocks
        else _("An active customer earns points and can spend them."),
        button=_("Block") if blocks else _("Activate"),
        form=StatusForm,
        act=act,
        refused=lambda refusal: _("This customer does not exist any more."),
        back=reverse("admin:customers_customer_change", args=[customer.pk]),
        dangerous=blocks,
    )
