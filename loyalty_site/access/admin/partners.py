"""Partners: what they are called in calls, how much they may give, and the tokens of their systems."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import partners
from loyalty_site.access.actors import Role
from loyalty_site.access.admin.partner_form import PartnerForm
from loyalty_site.access.admin.tokens import state_badge
from loyalty_site.access.models import ApiToken
from loyalty_site.access.partner_models import Partner
from loyalty_site.backoffice import panels
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.records import AuditedAdmin
from loyalty_site.backoffice.theme import BooleanRadioFilter, badge, link, moment

SHOWN_TOKENS = 50
CEILINGS = ["per_call", "per_customer_day", "per_partner_day"]


@admin.register(Partner)
class PartnerAdmin(AuditedAdmin):
    purpose = gettext_lazy(
        "A partner is a company whose systems give your customers points or offers. Add it, then make its tokens."
    )
    form = PartnerForm
    list_display = ["name", "shown_state", "names_in_calls", "region", *CEILINGS]
    list_filter = [("active", BooleanRadioFilter)]
    ordering = ["name"]
    search_help_text = gettext_lazy("Name, or name in calls")
    fieldsets = [
        (None, {"fields": ["name", "active", "names_in_calls", "region", "note"]}),
        (
            gettext_lazy("Ceilings"),
            {
                "fields": CEILINGS,
                "description": gettext_lazy("Points that it may add, over the API. What it takes away is not counted."),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("own_values")

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        named = rows.filter(own_values__value__istartswith=text).values("pk")
        return rows.filter(name__icontains=text) | rows.filter(pk__in=named)

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        """A partner is switched off instead: tokens and counts point at it."""
        return False

    def save_related(self, request: HttpRequest, form: PartnerForm, formsets: list[ModelForm], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        partners.set_values(form.instance, form.cleaned_data["names_in_calls"].splitlines())

    def panels(self, request: HttpRequest, obj: Partner) -> list[Panel]:
        """What its systems did, and what they are let in with."""
        usage = panels.made(settings.PARTNER_PANELS, request, obj, timezone.now())
        return [*usage, _tokens_of(request, obj)] if request.user.has_perm("access.view_apitoken") else usage

    @admin.display(description=gettext_lazy("state"), ordering="active")
    def shown_state(self, partner: Partner) -> SafeString:
        return badge(_("on"), "success") if partner.active else badge(_("off"), "warning")

    @admin.display(description=gettext_lazy("names in calls"))
    def names_in_calls(self, partner: Partner) -> str:
        return ", ".join(value.value for value in partner.own_values.all())


def _tokens_of(request: HttpRequest, partner: Partner) -> Panel:
    """The latest first; each leads to its page, where it is limited and revoked."""
    rows = partner.tokens.select_related("partner").order_by("-created_at")[:SHOWN_TOKENS]
    return Panel(
        _("API tokens"),
        headers=[_("Name"), _("Begins with"), _("State"), _("Last use"), _("Expires")],
        rows=[_row(token) for token in rows],
        empty=_("None of its systems can call yet."),
        links=_links(request, partner),
    )


def _row(token: ApiToken) -> list[Any]:
    used, expires = (at and moment(at) for at in (token.last_used_at, token.expires_at))
    page = reverse("admin:access_apitoken_change", args=[token.pk])
    return [link(token, page), f"{token.prefix}…", state_badge(token), used or _("never"), expires or _("never")]


def _links(request: HttpRequest, partner: Partner) -> list[Link]:
    if not request.user.has_perm("access.add_apitoken"):
        return []
    asked = urlencode({"partner": partner.pk, "role": Role.PARTNER.value, "name": partner.name})
    return [Link(_("Make a token"), f"{reverse('admin:access_apitoken_add')}?{asked}")]
