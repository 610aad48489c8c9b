"""The list of offers, and the page on which staff set one up."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.reaching import customer_for
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ChoicesDropdownFilter, RelatedDropdownFilter, action, link
from loyalty_site.bulk.admin.offering import BulkAdmin
from offers import services
from offers.admin.giving import giving, giving_to
from offers.admin.offer_form import OfferForm
from offers.admin.showing import status_badge
from offers.bulk_status import PAUSE, RESUME
from offers.models import Offer

GIVEN = "admin:offers_customeroffer_changelist"


@admin.register(Offer)
class OfferAdmin(BulkAdmin):
    purpose = gettext_lazy(
        "An offer is what partners give to single customers, who accept or decline it. Set the first one up."
    )
    form = OfferForm
    list_display = ["name", "code", "shown_status", "times_given", "accepted", "declined", "completed"]
    list_filter = [("status", ChoicesDropdownFilter), ("partners", RelatedDropdownFilter)]
    search_help_text = gettext_lazy("Name, or code")
    ordering = ["rank", "name", "id"]
    bulk = [PAUSE, RESUME]
    actions_detail = ["give", "give_to_many"]
    fieldsets = [
        (None, {"fields": ["name", "code", "description", "status", "rank"]}),
        (gettext_lazy("Who may give it"), {"fields": ["partners"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_counts()

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(Q(name__icontains=text) | Q(code__istartswith=text))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was given stays in the books; an offer is cancelled instead."""
        return False

    def has_give_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("offers.add_customeroffer")

    def has_give_to_many_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("offers.add_giftbatch")

    def get_urls(self) -> list[URLPattern]:
        to_one = self.admin_site.admin_view(self.give_to)
        return [path("to/<str:customer_id>/", to_one, name="offers_offer_give_to"), *super().get_urls()]

    def give_to(self, request: HttpRequest, customer_id: str) -> HttpResponse:
        """To a customer from whose page staff come; the offer is chosen here."""
        if not self.has_give_permission(request):
            raise PermissionDenied
        return decide(self, request, giving_to(request, customer_for(self.admin_site, request, customer_id)))

    def pointless_actions(self, obj: Offer) -> set[str]:
        return set() if obj.status == Offer.Status.ACTIVE else {"give", "give_to_many"}

    def panels(self, request: HttpRequest, obj: Offer) -> list[Panel]:
        all_given = f"{reverse(GIVEN)}?offer__id__exact={obj.pk}"
        may_look = request.user.has_perm("offers.view_customeroffer")
        answers = [
            (_("Given"), obj.times_given, ""),
            (_("Accepted"), obj.times_accepted, "ACCEPTED"),
            (_("Declined"), obj.times_declined, "DECLINED"),
            (_("Completed"), obj.times_completed, "COMPLETED"),
        ]
        figures = [
            Figure(name, count, f"{all_given}&state__exact={state}" if may_look and state else "")
            for name, count, state in answers
        ]
        links = [Link(_("Customers who were given it"), all_given)] if may_look else []
        return [Panel(_("Now"), figures=figures, links=links)]

    def save_model(self, request: HttpRequest, obj: Offer, form: OfferForm, change: bool) -> None:
        fields = dict(form.cleaned_data)
        facts = {"actor": actor_of(request), "at": timezone.now(), "partners": fields.pop("partners")}
        if change:
            services.change_offer(obj.pk, fields, **facts)
        else:
            services.create_offer(pk=obj.pk, **fields, **facts)

    def save_related(self, request: HttpRequest, form: OfferForm, formsets: list[Any], change: bool) -> None:
        """Nothing: the service has released the offer to its partners."""

    @action(description=gettext_lazy("Give to a customer"), permissions=["give"], icon="person_add")
    def give(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, giving(request, self.found(request, object_id)))

    @action(description=gettext_lazy("Give to many"), permissions=["give_to_many"], icon="groups")
    def give_to_many(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(f"{reverse('admin:offers_giftbatch_add')}?offer={object_id}")

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def shown_status(self, offer: Offer) -> SafeString:
        return status_badge(offer)

    @admin.display(description=gettext_lazy("given"), ordering="times_given")
    def times_given(self, offer: Offer) -> SafeString:
        return link(offer.times_given, f"{reverse(GIVEN)}?offer__id__exact={offer.pk}")

    @admin.display(description=gettext_lazy("accepted"), ordering="times_accepted")
    def accepted(self, offer: Offer) -> int:
        return offer.times_accepted

    @admin.display(description=gettext_lazy("declined"), ordering="times_declined")
    def declined(self, offer: Offer) -> int:
        return offer.times_declined

    @admin.display(description=gettext_lazy("completed"), ordering="times_completed")
    def completed(self, offer: Offer) -> int:
        return offer.times_completed
