"""Accounts, stores, credentials and the audit trail in the back office."""

from loyalty_site.access.admin.audit_trail import AuditEntryAdmin
from loyalty_site.access.admin.groups import GroupAdmin
from loyalty_site.access.admin.lock_outs import LockOutAdmin
from loyalty_site.access.admin.partners import PartnerAdmin
from loyalty_site.access.admin.sessions import StaffSessionAdmin
from loyalty_site.access.admin.stores import StoreAdmin
from loyalty_site.access.admin.tokens import ApiTokenAdmin
from loyalty_site.access.admin.users import UserAdmin

__all__ = [
    "ApiTokenAdmin",
    "AuditEntryAdmin",
    "GroupAdmin",
    "LockOutAdmin",
    "PartnerAdmin",
    "StaffSessionAdmin",
    "StoreAdmin",
    "UserAdmin",
]
