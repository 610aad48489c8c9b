"""What staff may see of what was done to many rows. Doing and undoing it is the right of the act itself."""

from django.utils.translation import gettext_lazy

from loyalty_site.access.staff_roles import AUDITORS, MARKETING, Right

RIGHTS = [
    Right("bulk.view_bulkchange", MARKETING | AUDITORS, gettext_lazy("what was done in one go, and how it is undone"))
]
