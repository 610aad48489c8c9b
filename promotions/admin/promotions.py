"""The list of promotions, and the page on which staff set one up."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.reaching import customer_for
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.panels import Figure, Link, Panel
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ChoicesDropdownFilter, RelatedDropdownFilter, link
from loyalty_site.bulk.admin.offering import BulkAdmin
from promotions import services
from promotions.admin.enrolling import enrolling
from promotions.admin.programs import is_number
from promotions.admin.promotion_form import PromotionForm
from promotions.admin.showing import span, state_badge
from promotions.bulk_status import PAUSE, REOPEN
from promotions.models import Promotion

ENROLMENTS = "admin:promotions_enrolment_changelist"


@admin.register(Promotion)
class PromotionAdmin(BulkAdmin):
    purpose = gettext_lazy(
        "A promotion earns enrolled customers points for what they do. It belongs to a program; add that first."
    )
    form = PromotionForm
    list_display = ["name", "id", "shown_state", "program", "shown_dates", "made", "running"]
    list_filter = [("status", ChoicesDropdownFilter), ("program", RelatedDropdownFilter)]
    list_select_related = ["program"]
    search_help_text = gettext_lazy("Name, or number")
    ordering = ["-created_at", "-id"]
    bulk = [PAUSE, REOPEN]
    fieldsets = [
        (None, {"fields": ["name", "program", "description", "kind"]}),
        (gettext_lazy("When"), {"fields": ["status", "starts_at", "ends_at"]}),
        (gettext_lazy("Enrolments"), {"fields": ["enrolment_limit", "valid_days"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the moment of asking, so that all rows of a page are judged at the same one."""
        at = timezone.now()
        return super().get_queryset(request).with_counts(at).annotate(asked_at=Value(at, DateTimeField()))

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(pk=int(text)) if is_number(text) else rows.filter(name__icontains=text)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who was enrolled stays in the books; a promotion is cancelled instead."""
        return False

    def get_urls(self) -> list[URLPattern]:
        one = self.admin_site.admin_view(self.enrol_one)
        return [path("of/<str:customer_id>/", one, name="promotions_promotion_enrol_one"), *super().get_urls()]

    def enrol_one(self, request: HttpRequest, customer_id: str) -> HttpResponse:
        """A customer from whose page staff come; the promotion is chosen here."""
        if not request.user.has_perm("promotions.add_enrolment"):
            raise PermissionDenied
        return decide(self, request, enrolling(request, customer_for(self.admin_site, request, customer_id)))

    def panels(self, request: HttpRequest, obj: Promotion) -> list[Panel]:
        everybody = f"{reverse(ENROLMENTS)}?promotion__id__exact={obj.pk}"
        may_look = request.user.has_perm("promotions.view_enrolment")
        figures = [
            Figure(_("State"), state_badge(obj, obj.asked_at)),
            Figure(_("Enrolments running"), obj.enrolments_running, everybody if may_look else ""),
            Figure(_("Enrolments in all"), obj.enrolments_made, everybody if may_look else ""),
        ]
        return [Panel(_("Now"), figures=figures, links=[Link(_("Enrolments"), everybody)] if may_look else [])]

    def save_model(self, request: HttpRequest, obj: Promotion, form: PromotionForm, change: bool) -> None:
        facts = {"actor": actor_of(request), "at": timezone.now()}
        if change:
            services.change_promotion(obj.pk, form.cleaned_data, **facts)
        else:
            obj.pk = services.create_promotion(**form.cleaned_data, **facts).pk

    @admin.display(description=gettext_lazy("state"), ordering="status")
    def shown_state(self, promotion: Promotion) -> SafeString:
        return state_badge(promotion, promotion.asked_at)

    @admin.display(description=gettext_lazy("runs"), ordering="starts_at")
    def shown_dates(self, promotion: Promotion) -> str:
        return span(promotion.starts_at, promotion.ends_at)

    @admin.display(description=gettext_lazy("enrolments"), ordering="enrolments_made")
    def made(self, promotion: Promotion) -> SafeString:
        return link(promotion.enrolments_made, f"{reverse(ENROLMENTS)}?promotion__id__exact={promotion.pk}")

    @admin.display(description=gettext_lazy("running"), ordering="enrolments_running")
    def running(self, promotion: Promotion) -> int:
        return promotion.enrolments_running
