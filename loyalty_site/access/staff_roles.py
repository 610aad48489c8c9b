"""The roles of staff that the product ships, and what each may do in the back office.

Every app names its own rights in a table, `settings.STAFF_RIGHTS` lists the tables, and `shipped_groups` turns them
into groups after each migration. A new permission is one line in its app's table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


class StaffRole(StrEnum):
    """The values are the names of the groups."""

    ADMINISTRATOR = "administrator"
    MARKETING = "marketing"
    SUPPORT = "support"
    AUDITOR = "auditor"


ADMINISTRATORS: frozenset[StaffRole] = frozenset()  # nobody beside them
MARKETING = frozenset({StaffRole.MARKETING})
AUDITORS = frozenset({StaffRole.AUDITOR})
SUPPORT = frozenset({StaffRole.SUPPORT})
EVERYBODY = frozenset(StaffRole)


@dataclass(frozen=True)
class Right:
    """A permission, such as `campaigns.view_coupon`, who has it beside administrators, and why so."""

    permission: str
    held_by: frozenset[StaffRole]
    why: str | Promise

    def belongs_to(self, role: StaffRole) -> bool:
        return role == StaffRole.ADMINISTRATOR or role in self.held_by


def rights() -> Iterator[Right]:
    for table in settings.STAFF_RIGHTS:
        yield from import_string(table)


def permissions_of(role: StaffRole) -> set[str]:
    return {right.permission for right in rights() if right.belongs_to(role)}
