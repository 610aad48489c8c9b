"""What staff may do with points."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import ADMINISTRATORS, AUDITORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("points.view_account", EVERYBODY, _("explaining a balance is everybody's work")),
    Right("points.view_bucket", EVERYBODY, _("explaining a balance is everybody's work")),
    Right("points.view_transfer", EVERYBODY, _("explaining a balance is everybody's work")),
    Right("points.adjust_points", MARKETING, _("points are money; the ledger names who moved them")),
    Right("points.approve_adjustment", MARKETING, _("a second person looks; each within a ceiling of their own")),
    Right("points.view_adjustment", EVERYBODY, _("explaining a balance is everybody's work")),
    Right("points.view_adjustmentreason", AUDITORS, _("adjustments are counted by them")),
    Right("points.add_adjustmentreason", ADMINISTRATORS, _("reports stand on the list")),
    Right("points.change_adjustmentreason", ADMINISTRATORS, _("reports stand on the list")),
    Right("points.view_adjustmentceiling", AUDITORS, _("who may move how much alone")),
    Right("points.add_adjustmentceiling", ADMINISTRATORS, _("it bounds what one person can do alone")),
    Right("points.change_adjustmentceiling", ADMINISTRATORS, _("it bounds what one person can do alone")),
    Right("points.export_transfers", AUDITORS, _("the books are looked through outside of the house, too")),
]
