"""What staff may do with offers and those given to customers."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import AUDITORS, EVERYBODY, MARKETING, Right

RIGHTS = [
    Right("offers.view_offer", EVERYBODY, _("what is offered to customers is known to all who serve them")),
    Right("offers.add_offer", MARKETING, _("setting offers up is their work")),
    Right("offers.change_offer", MARKETING, _("setting offers up is their work")),
    Right("offers.view_customeroffer", EVERYBODY, _("what a customer was given")),
    Right("offers.add_customeroffer", MARKETING, _("giving costs the company something")),
    Right("offers.change_customeroffer", MARKETING, _("completing an offer cannot be taken back")),
    Right("offers.view_giftbatch", MARKETING | AUDITORS, _("who gave how many offers to whom")),
    Right("offers.add_giftbatch", MARKETING, _("giving costs the company something")),
    Right("offers.change_giftbatch", MARKETING, _("who gave it away may take it back")),
]
