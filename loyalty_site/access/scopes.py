"""What an API token can be allowed to do. Whoever logs in with a password may do everything of the role instead."""

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

SCOPES: dict[str, str] = {
    CAMPAIGNS_READ: "See campaigns and their terms, without coupon codes.",
    CAMPAIGNS_WRITE: "Create campaigns, change them, switch them on and off.",
    REWARDS_BUY: "Buy a reward with a customer's points, and mark coupons as used.",
    COUPONS_READ: "See coupon codes: in a campaign's pool, and of what customers bought.",
    CUSTOMERS_READ: "See customers, what they have and can buy; levels and segments.",
    CUSTOMERS_WRITE: "Register customers, change them, activate and deactivate them and segments.",
    CUSTOMERS_EXPORT: "Export what all customers bought, with their names, e-mails and phones.",
    POINTS_READ: "See the movements of customers' points.",
    POINTS_WRITE: "Add points to a customer's account, spend them, and cancel additions; give rewards without points.",
    SETTINGS_READ: "See stores, sellers, and the programme's settings and rules.",
    POINTS_ASSIGN: "As a partner, add points to a customer's account and take them, within the partner's ceilings.",
    OFFERS_ASSIGN: "Give a customer an offer that is released to the partner.",
    OFFERS_READ: "See the offers that a customer was given.",
    OFFERS_ANSWER: "Accept and decline offers in a customer's name.",
    PROMOTIONS_ENROL: "Enrol a customer in a promotion.",
    PROMOTIONS_READ: "See which promotions a customer is enrolled in.",
}
