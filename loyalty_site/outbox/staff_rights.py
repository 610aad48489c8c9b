"""What staff may do with what leaves the house."""

from loyalty_site.access.staff_roles import ADMINISTRATORS, AUDITORS, MARKETING, SUPPORT, Right

RIGHTS = [
    Right("outbox.view_subscription", AUDITORS, "which systems are told what"),
    Right("outbox.add_subscription", ADMINISTRATORS, "it tells another system what customers do"),
    Right("outbox.change_subscription", ADMINISTRATORS, "it tells another system what customers do"),
    Right("outbox.send_codes", ADMINISTRATORS, "a code is worth money to whoever reads it"),
    Right("outbox.view_delivery", MARKETING | SUPPORT | AUDITORS, "whether a customer's mail left"),
    Right("outbox.replay_delivery", SUPPORT, "a mail that got lost is sent again"),
]
