"""What an API token can be allowed to do. Whoever logs in with a password may do everything of the role instead."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CAMPAIGNS_READ = "campaigns:read"
CAMPAIGNS_WRITE = "campaigns:write"
REWARDS_BUY = "rewards:buy"
COUPONS_READ = "coupons:read"
CUSTOMERS_READ = "customers:read"
CUSTOMERS_WRITE = "customers:write"
CUSTOMERS_EXPORT = "customers:export"
POINTS_READ = "points:read"
POINTS_WRITE = "points:write"
SETTINGS_READ = "settings:read"
POINTS_ASSIGN = "points:assign"
OFFERS_ASSIGN = "offers:assign"
OFFERS_READ = "offers:read"
OFFERS_ANSWER = "offers:answer"
PROMOTIONS_ENROL = "promotions:enrol"
PROMOTIONS_READ = "promotions:read"

SCOPES: dict[str, Promise] = {
    CAMPAIGNS_READ: _("See campaigns and their terms, without coupon codes."),
    CAMPAIGNS_WRITE: _("Create campaigns, change them, switch them on and off."),
    REWARDS_BUY: _("Buy a reward with a customer's points, and mark coupons as used."),
    COUPONS_READ: _("See coupon codes: in a campaign's pool, and of what customers bought."),
    CUSTOMERS_READ: _("See customers, what they have and can buy; levels and segments."),
    CUSTOMERS_WRITE: _("Register customers, change them, activate and deactivate them and segments."),
    CUSTOMERS_EXPORT: _("Export what all customers bought, with their names, e-mails and phones."),
    POINTS_READ: _("See the movements of customers' points."),
    POINTS_WRITE: _(
        "Add points to a customer's account, spend them, and cancel additions; give rewards without points."
    ),
    SETTINGS_READ: _("See stores, sellers, and the programme's settings and rules."),
    POINTS_ASSIGN: _("As a partner, add points to a customer's account and take them, within the partner's ceilings."),
    OFFERS_ASSIGN: _("Give a customer an offer that is released to the partner."),
    OFFERS_READ: _("See the offers that a customer was given."),
    OFFERS_ANSWER: _("Accept and decline offers in a customer's name."),
    PROMOTIONS_ENROL: _("Enrol a customer in a promotion."),
    PROMOTIONS_READ: _("See which promotions a customer is enrolled in."),
}
