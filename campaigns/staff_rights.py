"""What staff may do with campaigns, their codes and what was bought."""

from django.utils.translation import gettext_lazy as _

from loyalty_site.access.staff_roles import ADMINISTRATORS, AUDITORS, EVERYBODY, MARKETING, SUPPORT, Right

RIGHTS = [
    Right("campaigns.view_campaign", EVERYBODY, _("what is offered to customers is known to all who serve them")),
    Right("campaigns.add_campaign", MARKETING, _("building campaigns is their work")),
    Right("campaigns.change_campaign", MARKETING, _("building campaigns is their work")),
    Right("campaigns.view_coupon", MARKETING, _("a code that is not sold yet is as good as money")),
    Right("campaigns.add_coupon", MARKETING, _("who builds a campaign loads its codes")),
    Right("campaigns.view_couponbatch", MARKETING | AUDITORS, _("how many codes came when, and through whom")),
    Right("campaigns.change_coupon", MARKETING, _("codes that leaked are withdrawn by those who loaded them")),
    Right("campaigns.view_purchase", EVERYBODY, _("what a customer got")),
    Right("campaigns.view_sold_codes", MARKETING | SUPPORT, _("a customer who lost the code asks for it")),
    Right("campaigns.refund_purchase", MARKETING, _("points go back, and a code is lost")),
    Right("campaigns.export_purchases", ADMINISTRATORS, _("a file of personal data leaves the house")),
    Right("campaigns.export_coupons", ADMINISTRATORS, _("a file of codes is as good as money")),
]
