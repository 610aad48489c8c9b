"""What staff may do with customers, levels, segments and sales."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import ADMINISTRATORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("customers.view_customer", EVERYBODY, _("looking customers up is everybody's work")),
    Right("customers.add_customer", MARKETING, _("personal data enters by as few hands as can be")),
    Right("customers.change_customer", MARKETING, _("who changes an e-mail takes the account over")),
    Right("customers.export_customers", ADMINISTRATORS, _("a file of personal data leaves the house")),
    Right("customers.export_held_data", ADMINISTRATORS, _("a file of all that is held on a person")),
    Right("customers.erase_customer", ADMINISTRATORS, _("it cannot be undone")),
    Right("customers.view_level", EVERYBODY, _("it stands on every customer's page")),
    Right("customers.add_level", MARKETING, _("the programme is theirs to shape")),
    Right("customers.change_level", MARKETING, _("the programme is theirs to shape")),
    Right("customers.delete_level", ADMINISTRATORS, _("it cannot be undone")),
    Right("customers.view_segment", EVERYBODY, _("it stands on every customer's page")),
    Right("customers.add_segment", MARKETING, _("the programme is theirs to shape")),
    Right("customers.change_segment", MARKETING, _("the programme is theirs to shape")),
    Right("customers.delete_segment", ADMINISTRATORS, _("it cannot be undone")),
    Right("customers.view_transaction", EVERYBODY, _("it explains what was earned")),
]
