"""What staff may do with campaigns, their codes and what was bought."""

from loyalty_site.access.staff_roles import ADMINISTRATORS, AUDITORS, EVERYBODY, MARKETING, SUPPORT, Right

RIGHTS = [
    Right("campaigns.view_campaign", EVERYBODY, "what is offered to customers is known to all who serve them"),
    Right("campaigns.add_campaign", MARKETING, "building campaigns is their work"),
    Right("campaigns.change_campaign", MARKETING, "building campaigns is their work"),
    Right("campaigns.view_coupon", MARKETING, "a code that is not sold yet is as good as money"),
    Right("campaigns.add_coupon", MARKETING, "who builds a campaign loads its codes"),
    Right("campaigns.view_couponbatch", MARKETING | AUDITORS, "how many codes came when, and through whom"),
    Right("campaigns.change_coupon", MARKETING, "codes that leaked are withdrawn by those who loaded them"),
    Right("campaigns.view_purchase", EVERYBODY, "what a customer got"),
    Right("campaigns.view_sold_codes", MARKETING | SUPPORT, "a customer who lost the code asks for it"),
    Right("campaigns.refund_purchase", MARKETING, "points go back, and a code is lost"),
    Right("campaigns.export_purchases", ADMINISTRATORS, "a file of personal data leaves the house"),
    Right("campaigns.export_coupons", ADMINISTRATORS, "a file of codes is as good as money"),
]
