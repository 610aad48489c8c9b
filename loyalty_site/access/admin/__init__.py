"""Accounts, stores, credentials and the audit trail in the back office."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from loyalty_site.access.admin.audit_trail import AuditEntryAdmin
from loyalty_site.access.admin.groups import GroupAdmin
from loyalty_site.access.admin.lock_outs import LockOutAdmin
from loyalty_site.access.admin.partners import PartnerAdmin
from loyalty_site.access.admin.sessions import StaffSessionAdmin
from loyalty_site.access.admin.stores import StoreAdmin
from loyalty_site.access.admin.tokens import ApiTokenAdmin
from loyalty_site.access.admin.users import UserAdmin

# Keys of second factors are nobody's to read or to write: people set theirs up, administrators reset them.
admin.site.unregister([TOTPDevice, StaticDevice])

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
