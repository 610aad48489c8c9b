"""What staff may do with accounts, stores, credentials and the audit trail."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import ADMINISTRATORS, AUDITORS, EVERYBODY, Right

RIGHTS = [
    Right("access.view_store", EVERYBODY, _("where a sale was made stands on customers' pages")),
    Right("access.add_store", ADMINISTRATORS, _("tills and tokens are bound to it")),
    Right("access.change_store", ADMINISTRATORS, _("tills and tokens are bound to it")),
    Right("access.view_partner", AUDITORS, _("who gives points in the company's name")),
    Right("access.add_partner", ADMINISTRATORS, _("a partner gives points in the company's name")),
    Right("access.change_partner", ADMINISTRATORS, _("its ceilings bound what a stolen token costs")),
    Right("access.view_apitoken", AUDITORS, _("which doors are open, without the keys")),
    Right("access.add_apitoken", ADMINISTRATORS, _("a key opens the API to whoever holds it")),
    Right("access.change_apitoken", ADMINISTRATORS, _("to revoke one stops a shop")),
    Right("access.view_user", AUDITORS, _("who may do what")),
    Right("access.add_user", ADMINISTRATORS, _("marketing has no rights over accounts")),
    Right("access.change_user", ADMINISTRATORS, _("who changes an e-mail takes the account over")),
    Right("access.manage_staff", ADMINISTRATORS, _("lets somebody in, within what one may do oneself")),
    Right("auth.view_group", AUDITORS, _("who may do what")),
    Right("auth.add_group", ADMINISTRATORS, _("within what one may do oneself")),
    Right("auth.change_group", ADMINISTRATORS, _("within what one may do oneself")),
    Right("auth.delete_group", ADMINISTRATORS, _("within what one may do oneself")),
    Right("access.view_auditentry", AUDITORS, _("it tells of everybody's acts")),
    Right("access.export_auditentry", ADMINISTRATORS, _("a file of what people did leaves the house")),
    Right("access.view_staffsession", AUDITORS, _("who is at work, and from where")),
    Right("access.delete_staffsession", ADMINISTRATORS, _("ends what a thief has begun")),
    Right("access.view_lockout", AUDITORS, _("where passwords are being guessed")),
    Right("access.delete_lockout", ADMINISTRATORS, _("lets somebody guess on")),
]
