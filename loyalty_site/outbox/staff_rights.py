"""What staff may do with what leaves the house."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import ADMINISTRATORS, AUDITORS, MARKETING, SUPPORT, Right

RIGHTS = [
    Right("outbox.view_subscription", AUDITORS, _("which systems are told what")),
    Right("outbox.add_subscription", ADMINISTRATORS, _("it tells another system what customers do")),
    Right("outbox.change_subscription", ADMINISTRATORS, _("it tells another system what customers do")),
    Right("outbox.send_codes", ADMINISTRATORS, _("a code is worth money to whoever reads it")),
    Right("outbox.view_delivery", MARKETING | SUPPORT | AUDITORS, _("whether a customer's mail left")),
    Right("outbox.replay_delivery", SUPPORT, _("a mail that got lost is sent again")),
]
