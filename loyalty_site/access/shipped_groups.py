"""The shipped roles as groups: made and brought up to date after every migration, when permissions exist.

Groups that the company made are its own: none is touched, also where it has the name of a shipped one.
"""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models import F

from loyalty_site.access.staff_roles import StaffRole, permissions_of


def bring_up_to_date(apps: Apps = installed, **_signal: Any) -> None:
    """Give each role's group exactly the permissions that the tables name. Receives Django's `post_migrate`."""
    try:
        shipped_groups = apps.get_model("access", "ShippedGroup").objects
        permissions = apps.get_model("auth", "Permission").objects
    except LookupError:  # migrated back to before there were any
        return
    named = permissions.annotate(app=F("content_type__app_label")).values_list("app", "codename", "pk")
    ids = {f"{app}.{codename}": pk for app, codename, pk in named}
    known = {shipped.role: shipped.group for shipped in shipped_groups.select_related("group")}
    for role in StaffRole:
        group = known.get(role.value) or _made(role, apps)
        group.permissions.set(ids[permission] for permission in permissions_of(role) & ids.keys())


def _made(role: StaffRole, apps: Apps) -> Any:
    groups = apps.get_model("auth", "Group").objects
    taken = groups.filter(name=role.value).exists()
    group = groups.create(name=f"{role.value} (shipped)" if taken else role.value)
    apps.get_model("access", "ShippedGroup").objects.create(role=role.value, group=group)
    return group
