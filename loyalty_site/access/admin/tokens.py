"""API tokens: issued, shown once, revoked. The token itself is not kept anywhere."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import tokens
from loyalty_site.access.actors import Role
from loyalty_site.access.models import ApiToken
from loyalty_site.access.scopes import SCOPES
from loyalty_site.backoffice.decisions import Decision, decide
from loyalty_site.backoffice.records import Admin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import (
    ActionVariant,
    CheckboxesWidget,
    ChoicesDropdownFilter,
    TextWidget,
    action,
    badge,
)


class NewTokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=list(SCOPES.items()), widget=CheckboxesWidget
    )

    class Meta:
        model = ApiToken
        fields = ["name", "role", "scopes", "store", "expires_at"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("role", Role.SELLER.value)  # the first of the list may do most

    def clean_expires_at(self) -> datetime | None:
        ends = self.cleaned_data["expires_at"]
        if ends and ends <= timezone.now():
            raise forms.ValidationError(_("This is in the past."))
        return ends


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=TextWidget,
        help_text=gettext_lazy("Kept in the audit trail."),
    )


@admin.register(ApiToken)
class ApiTokenAdmin(Admin):
    form = NewTokenForm
    list_display = ["name", "beginning", "role", "store", "shown_state", "last_used_at", "expires_at", "created_by"]
    list_filter = [("role", ChoicesDropdownFilter)]
    list_select_related = ["store", "created_by"]
    search_help_text = gettext_lazy("Name, or how the token begins")
    autocomplete_fields = ["store"]
    actions_detail = ["revoke"]
    add_fieldsets = [(None, {"fields": ["name", "role", "scopes", "store", "expires_at"]})]
    fields = [
        "name",
        "beginning",
        "shown_state",
        "role",
        "shown_scopes",
        "store",
        "expires_at",
        "last_used_at",
        "created_by",
    ]
    readonly_fields = ["beginning", "shown_state", "shown_scopes", "last_used_at", "created_by"]

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
        return {"revoke"} if obj.revoked_at else set()

    def save_model(self, request: HttpRequest, obj: ApiToken, form: NewTokenForm, change: bool) -> None:
        data = form.cleaned_data
        token, obj.plain = tokens.issue(
            data["name"],
            Role(data["role"]),
            data["scopes"],
            store=data["store"],
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

    @action(
        description=gettext_lazy("Revoke"),
        permissions=["revoke"],
        icon="key_off",
        variant=ActionVariant.DANGER,
    )
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        token = self.get_object(request, object_id)
        if token is None:
            raise Http404
        return decide(self, request, _revocation(request, token))

    @admin.display(description=gettext_lazy("begins with"))
    def beginning(self, token: ApiToken) -> str:
        return f"{token.prefix}…"

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, token: ApiToken) -> SafeString:
        if token.revoked_at:
            return badge(_("revoked"), "danger")
        if token.expires_at and token.expires_at <= timezone.now():
            return badge(_("expired"), "warning")
        return badge(_("works"), "success")

    @admin.display(description=gettext_lazy("what it may do"))
    def shown_scopes(self, token: ApiToken) -> str:
        return "\n".join(SCOPES.get(scope, scope) for scope in token.scopes)


def _revocation(request: HttpRequest, token: ApiToken) -> Decision:
    def act(data: dict[str, Any]) -> str:
        tokens.revoke(token, actor=actor_of(request), at=timezone.now(), reason=data["reason"])
        return _("“%(name)s” is revoked.") % {"name": token}

    return Decision(
        title=_("Revoke “%(name)s”") % {"name": token},
        explanation=_("Whoever uses this token is refused from now on. It cannot be switched on again."),
        button=_("Revoke"),
        form=RevocationForm,
        act=act,
        refused=str,
        back=reverse("admin:access_apitoken_change", args=[token.pk]),
        dangerous=True,
    )
