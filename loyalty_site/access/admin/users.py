"""Accounts: staff of the back office, and callers of the API.

Who may change accounts must not become somebody who may do more: accounts of staff are changed, and people are let
into the back office, by those who manage staff and within what they may do themselves; superusers by superusers.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.forms import Field
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from loyalty_site.access import granting
from loyalty_site.access.actors import Role
from loyalty_site.access.admin.resetting import resetting
from loyalty_site.access.admin.user_forms import ChangedUserForm, NewUserForm
from loyalty_site.access.models import User
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.records import AuditedAdmin
from loyalty_site.backoffice.theme import (
    ActionVariant,
    AdminPasswordChangeForm,
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
    action,
    searchable,
)

PERSON = [("first_name", "last_name"), "email", "phone"]
API = (gettext_lazy("API"), {"fields": ["role", "store", "may_transfer_points", "password_is_temporary"]})
BACK_OFFICE = (gettext_lazy("Back office"), {"fields": ["is_staff", "is_superuser", "groups"]})
FOR_STAFF = ("is_staff", "is_superuser", "groups")


@admin.register(User)
class UserAdmin(DjangoUserAdmin, AuditedAdmin):
    purpose = gettext_lazy("Users log in: staff here, sellers and customers over the API. Add one for each colleague.")
    form = ChangedUserForm
    add_form = NewUserForm
    add_form_template = None
    change_password_form = AdminPasswordChangeForm
    list_display = [
        "username",
        "email",
        "first_name",
        "last_name",
        "role",
        "store",
        "is_staff",
        "second_factor",
        "is_active",
    ]
    actions_detail = ["reset_second_factor"]
    list_filter = [
        ("role", ChoicesDropdownFilter),
        ("groups", RelatedDropdownFilter),
        ("is_staff", BooleanRadioFilter),
        ("is_active", BooleanRadioFilter),
    ]
    list_select_related = ["store"]
    sortable_by = ()  # another order would sort them all
    search_help_text = gettext_lazy("Username, e-mail or last name")
    ordering = ["username"]
    filter_horizontal = ()
    autocomplete_fields = ["store"]
    readonly_fields = ["last_login", "date_joined"]
    private_fields = ("email", "first_name", "last_name", "phone")
    fieldsets = [
        (None, {"fields": ["username", "password", "is_active"]}),
        (gettext_lazy("Person"), {"fields": PERSON}),
        API,
        BACK_OFFICE,
        (gettext_lazy("About this record"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        (gettext_lazy("Person"), {"fields": PERSON}),
        API,
        BACK_OFFICE,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        factor = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_second_factor=Exists(factor))

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        """Who works here by how a name begins, of whom there are few; customers' accounts by all of it."""
        works_here = ~Q(role=Role.CUSTOMER.value)
        named = works_here & (Q(username__istartswith=text) | Q(last_name__istartswith=text))
        mail = rows.alias(mail=Lower("email"))
        return mail.filter(named | Q(username=text) | Q(mail=text.lower()))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        within = not isinstance(obj, User) or granting.may_change_account(request.user, obj)
        return super().has_change_permission(request, obj) and within

    def has_reset_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm(granting.MANAGE_STAFF)

    def pointless_actions(self, obj: User) -> set[str]:
        return set() if obj.has_second_factor else {"reset_second_factor"}

    @action(
        description=gettext_lazy("Reset the second factor"),
        permissions=["reset"],
        icon="phonelink_erase",
        variant=ActionVariant.DANGER,
    )
    def reset_second_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self.get_object(request, object_id)
        if user is None or not user.has_second_factor:
            raise Http404
        if user == request.user or not granting.may_change_account(request.user, user):
            raise PermissionDenied  # one's own is taken off with a code
        return decide(self, request, resetting(request, user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is switched off instead: the audit trail names it."""
        return False

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, user: User) -> bool | None:
        return user.has_second_factor if user.is_staff else None

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return fields
        return (*fields, "is_superuser") if request.user.has_perm(granting.MANAGE_STAFF) else (*fields, *FOR_STAFF)

    def formfield_for_choice_field(self, db_field: CharField, request: HttpRequest, **options: Any) -> Field:
        if db_field.name == "role":
            choices = db_field.get_choices(include_blank=True)
            options["choices"] = [choice for choice in choices if granting.may_make(request.user, choice[0])]
        return super().formfield_for_choice_field(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Field:
        options["queryset"] = granting.grantable_groups(request.user)
        field = super().formfield_for_manytomany(db_field, request, **options)
        return searchable(field, gettext_lazy("What the account may do in the back office comes from its groups."))
