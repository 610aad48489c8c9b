"""What staff may do with customers, levels, segments and sales."""

from loyalty_site.access.staff_roles import ADMINISTRATORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("customers.view_customer", EVERYBODY, "looking customers up is everybody's work"),
    Right("customers.add_customer", MARKETING, "personal data enters by as few hands as can be"),
    Right("customers.change_customer", MARKETING, "who changes an e-mail takes the account over"),
    Right("customers.export_customers", ADMINISTRATORS, "a file of personal data leaves the house"),
    Right("customers.view_level", EVERYBODY, "it stands on every customer's page"),
    Right("customers.add_level", MARKETING, "the programme is theirs to shape"),
    Right("customers.change_level", MARKETING, "the programme is theirs to shape"),
    Right("customers.delete_level", ADMINISTRATORS, "it cannot be undone"),
    Right("customers.view_segment", EVERYBODY, "it stands on every customer's page"),
    Right("customers.add_segment", MARKETING, "the programme is theirs to shape"),
    Right("customers.change_segment", MARKETING, "the programme is theirs to shape"),
    Right("customers.delete_segment", ADMINISTRATORS, "it cannot be undone"),
    Right("customers.view_transaction", EVERYBODY, "it explains what was earned"),
]
