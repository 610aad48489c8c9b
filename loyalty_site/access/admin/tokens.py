"""API tokens: issued, shown once, revoked. The token itself is not kept anywhere."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import tokens
from loyalty_site.access.actors import Role
from loyalty_site.access.admin.token_forms import LimitForm, NewTokenForm
from loyalty_site.access.models import ApiToken
from loyalty_site.access.scopes import SCOPES
from loyalty_site.backoffice.decisions import Decision, decide
from loyalty_site.backoffice.reasons import ReasonForm
from loyalty_site.backoffice.records import Admin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import (
    ActionVariant,
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    action,
    badge,
)


@admin.register(ApiToken)
class ApiTokenAdmin(Admin):
    purpose = gettext_lazy(
        "A till, a shop or a partner's system calls the API with a token. Make one for each, with "
        "only the rights it needs."
    )
    form = NewTokenForm
    list_display = ["name", "beginning", "role", "partner", "store", "shown_state", "last_used_at", "expires_at"]
    list_filter = [("role", ChoicesDropdownFilter), ("partner", AutocompleteSelectFilter)]
    list_select_related = ["store", "partner"]
    search_help_text = gettext_lazy("Name, or how the token begins")
    autocomplete_fields = ["store", "partner"]
    actions_detail = ["limit", "revoke"]
    add_fieldsets = [(None, {"fields": NewTokenForm.Meta.fields})]
    fields = [
        "name",
        "beginning",
        "shown_state",
        "role",
        "partner",
        "shown_scopes",
        "store",
        "requests_per_minute",
        "expires_at",
        "last_used_at",
        "created_by",
    ]
    readonly_fields = ["beginning", "shown_state", "shown_scopes", "last_used_at", "created_by"]

    def get_form(self, request: HttpRequest, *args: Any, **options: Any) -> type[NewTokenForm]:
        form = super().get_form(request, *args, **options)
        return type(form.__name__, (form,), {"issuer": request.user})

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        return rows.filter(name__icontains=text) | rows.filter(prefix__startswith=text[:11])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """There is one way to save a token: the answer shows it."""
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **options)

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("access.change_apitoken")

    def pointless_actions(self, obj: ApiToken) -> set[str]:
        return {"limit", "revoke"} if obj.revoked_at else set()

    def save_model(self, request: HttpRequest, obj: ApiToken, form: NewTokenForm, change: bool) -> None:
        data = form.cleaned_data
        token, obj.plain = tokens.issue(
            data["name"],
            Role(data["role"]),
            data["scopes"],
            store=data.get("store"),
            partner=data.get("partner"),
            requests_per_minute=data["requests_per_minute"],
            user_name=data["user_name"],
            expires_at=data["expires_at"],
            created_by=request.user,
            actor=actor_of(request),
            at=timezone.now(),
        )
        obj.pk, obj.prefix = token.pk, token.prefix

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        """The token stands in this one answer only: a message would lie in a cookie or in the database."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Copy the token now"),
            "opts": self.opts,
            "token": obj,
        }
        return TemplateResponse(request, "access/admin/new_token.html", context)

    @action(description=gettext_lazy("Limit requests"), permissions=["revoke"], icon="speed")
    def limit(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, _limiting(request, self.found(request, object_id)))

    @action(
        description=gettext_lazy("Revoke"),
        permissions=["revoke"],
        icon="key_off",
        variant=ActionVariant.DANGER,
    )
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, _revocation(request, self.found(request, object_id)))

    @admin.display(description=gettext_lazy("begins with"))
    def beginning(self, token: ApiToken) -> str:
        return f"{token.prefix}…"

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, token: ApiToken) -> SafeString:
        return state_badge(token)

    @admin.display(description=gettext_lazy("what it may do"))
    def shown_scopes(self, token: ApiToken) -> str:
        return "\n".join(str(SCOPES.get(scope, scope)) for scope in token.scopes)


def state_badge(token: ApiToken) -> SafeString:
    if token.revoked_at:
        return badge(_("revoked"), "danger")
    if token.expires_at and token.expires_at <= timezone.now():
        return badge(_("expired"), "warning")
    if token.partner and not token.partner.active:
        return badge(_("partner is off"), "warning")
    return badge(_("works"), "success")


def _limiting(request: HttpRequest, token: ApiToken) -> Decision:
    def act(data: dict[str, Any]) -> str:
        tokens.limit(token, data["requests_per_minute"], actor=actor_of(request), at=timezone.now())
        return _("“%(name)s” has a new limit.") % {"name": token}

    now = _("%d requests a minute") % token.requests_per_minute if token.requests_per_minute else _("no limit")
    return Decision(
        title=_("Limit “%(name)s”") % {"name": token},
        explanation=_("The limit until now: %(limit)s.") % {"limit": now},
        button=_("Limit requests"),
        form=LimitForm,
        act=act,
        refused=str,
        back=reverse("admin:access_apitoken_change", args=[token.pk]),
    )


def _revocation(request: HttpRequest, token: ApiToken) -> Decision:
    def act(data: dict[str, Any]) -> str:
        tokens.revoke(token, actor=actor_of(request), at=timezone.now(), reason=data["reason"])
        return _("“%(name)s” is revoked.") % {"name": token}

    return Decision(
        title=_("Revoke “%(name)s”") % {"name": token},
        explanation=_("Whoever uses this token is refused from now on. It cannot be switched on again."),
        button=_("Revoke"),
        form=ReasonForm,
        act=act,
        refused=str,
        back=reverse("admin:access_apitoken_change", args=[token.pk]),
        dangerous=True,
    )
