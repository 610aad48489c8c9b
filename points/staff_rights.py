"""What staff may do with points."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import AUDITORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("points.view_account", EVERYBODY, _("explaining a balance is everybody's work")),
    Right("points.view_transfer", EVERYBODY, _("explaining a balance is everybody's work")),
    Right("points.adjust_points", MARKETING, _("points are money; the ledger names who moved them")),
    Right("points.export_transfers", AUDITORS, _("the books are looked through outside of the house, too")),
]
