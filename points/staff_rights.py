"""What staff may do with points."""

from loyalty_site.access.staff_roles import AUDITORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("points.view_account", EVERYBODY, "explaining a balance is everybody's work"),
    Right("points.view_transfer", EVERYBODY, "explaining a balance is everybody's work"),
    Right("points.adjust_points", MARKETING, "points are money; the ledger names who moved them"),
    Right("points.export_transfers", AUDITORS, "the books are looked through outside of the house, too"),
]
