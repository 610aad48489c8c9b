"""What staff may do with accounts, stores, credentials and the audit trail."""

from loyalty_site.access.staff_roles import ADMINISTRATORS, AUDITORS, EVERYBODY, Right

RIGHTS = [
    Right("access.view_store", EVERYBODY, "where a sale was made stands on customers' pages"),
    Right("access.add_store", ADMINISTRATORS, "tills and tokens are bound to it"),
    Right("access.change_store", ADMINISTRATORS, "tills and tokens are bound to it"),
    Right("access.view_partner", AUDITORS, "who gives points in the company's name"),
    Right("access.add_partner", ADMINISTRATORS, "a partner gives points in the company's name"),
    Right("access.change_partner", ADMINISTRATORS, "its ceilings bound what a stolen token costs"),
    Right("access.view_apitoken", AUDITORS, "which doors are open, without the keys"),
    Right("access.add_apitoken", ADMINISTRATORS, "a key opens the API to whoever holds it"),
    Right("access.change_apitoken", ADMINISTRATORS, "to revoke one stops a shop"),
    Right("access.view_user", AUDITORS, "who may do what"),
    Right("access.add_user", ADMINISTRATORS, "marketing has no rights over accounts"),
    Right("access.change_user", ADMINISTRATORS, "who changes an e-mail takes the account over"),
    Right("access.manage_staff", ADMINISTRATORS, "lets somebody in, within what one may do oneself"),
    Right("auth.view_group", AUDITORS, "who may do what"),
    Right("auth.add_group", ADMINISTRATORS, "within what one may do oneself"),
    Right("auth.change_group", ADMINISTRATORS, "within what one may do oneself"),
    Right("auth.delete_group", ADMINISTRATORS, "within what one may do oneself"),
    Right("access.view_auditentry", AUDITORS, "it tells of everybody's acts"),
    Right("access.export_auditentry", ADMINISTRATORS, "a file of what people did leaves the house"),
    Right("access.view_staffsession", AUDITORS, "who is at work, and from where"),
    Right("access.delete_staffsession", ADMINISTRATORS, "ends what a thief has begun"),
    Right("access.view_lockout", AUDITORS, "where passwords are being guessed"),
    Right("access.delete_lockout", ADMINISTRATORS, "lets somebody guess on"),
]
