"""The ceilings that the shipped groups begin with. What a company has set since stays."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps

from loyalty_site.access.staff_roles import StaffRole

# role → points in one adjustment, points a day, points in one approval (None: no limit)
SHIPPED: dict[StaffRole, tuple[int, int, int | None]] = {
    StaffRole.ADMINISTRATOR: (10_000, 50_000, None),
    StaffRole.MARKETING: (1_000, 5_000, 10_000),
}


def add_missing(apps: Apps = installed, **_signal: Any) -> None:
    """Give each shipped group that may adjust points a ceiling, unless it has one. Receives Django's `post_migrate`."""
    try:
        ceilings = apps.get_model("points", "AdjustmentCeiling").objects
        groups = apps.get_model("access", "ShippedGroup").objects
    except LookupError:  # migrated back to before there were any
        return
    for role, group_id in groups.filter(role__in=SHIPPED).values_list("role", "group"):
        each, day, approval = SHIPPED[StaffRole(role)]
        figures = {"per_adjustment": each, "per_day": day, "per_approval": approval}
        ceilings.get_or_create(group_id=group_id, defaults=figures)
