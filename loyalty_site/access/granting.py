"""Nobody grants what he does not have, and nobody changes the account of somebody who may do more.

Superusers may do everything; whoever else manages staff stays within what he may do himself.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from loyalty_site.access.models import User

MANAGE_STAFF = "access.manage_staff"
# what somebody must be allowed to do in the back office to issue a token that may do it over the API
NEEDED_FOR_SCOPE = {
    scopes.CAMPAIGNS_READ: "campaigns.view_campaign",
    scopes.CAMPAIGNS_WRITE: "campaigns.change_campaign",
    scopes.REWARDS_BUY: "points.adjust_points",
    scopes.COUPONS_READ: "campaigns.view_coupon",
    scopes.CUSTOMERS_READ: "customers.view_customer",
    scopes.CUSTOMERS_WRITE: "customers.change_customer",
    scopes.CUSTOMERS_EXPORT: "customers.export_customers",
    scopes.POINTS_READ: "points.view_transfer",
    scopes.POINTS_WRITE: "points.adjust_points",
    scopes.SETTINGS_READ: "access.view_store",
    scopes.POINTS_ASSIGN: "points.adjust_points",
    scopes.OFFERS_ASSIGN: "offers.add_customeroffer",
    scopes.OFFERS_READ: "offers.view_customeroffer",
    scopes.OFFERS_ANSWER: "offers.change_customeroffer",
    scopes.PROMOTIONS_ENROL: "promotions.change_enrolment",
    scopes.PROMOTIONS_READ: "promotions.view_enrolment",
}


def may_change_account(user: User, other: User) -> bool:
    """Whether the other one may do nothing that the user may not; of staff, whoever manages staff asks."""
    if user.is_superuser:
        return True
    if other.is_superuser or not may_make(user, other.role):
        return False
    return not other.is_staff or (user.has_perm(MANAGE_STAFF) and _held_by(other) <= user.get_all_permissions())


def may_make(user: User, role: str) -> bool:
    """Whether an account may get this API role from the user: administrators of the API may do everything there."""
    return user.is_superuser or role != Role.ADMIN or user.role == Role.ADMIN


def may_change_group(user: User, group: Group) -> bool:
    return user.is_superuser or grantable_groups(user).filter(pk=group.pk).exists()


def grantable_groups(user: User) -> QuerySet[Group]:
    """Those that give nothing beyond what the user may do."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=grantable_permissions(user).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def grantable_permissions(user: User) -> QuerySet[Permission]:
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def grantable_scopes(user: User) -> dict[str, Promise]:
    """What a token from this user may be allowed to do, with its sentences."""
    return {scope: text for scope, text in scopes.SCOPES.items() if user.has_perm(NEEDED_FOR_SCOPE[scope])}


def _held_by(user: User) -> set[str]:
    """Also of somebody who is switched off: the account may be switched on again."""
    held = Permission.objects.filter(Q(user=user) | Q(group__user=user))
    return {f"{app}.{codename}" for app, codename in held.values_list("content_type__app_label", "codename")}
