"""The admin: where it lies, its menu, its theme."""

from loyalty_site.environment import path

ADMIN_PATH = path("LOYALTY_ADMIN_PATH", "admin/")
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# title of a group → model, text, icon (Material Symbols)
BACKOFFICE_MENU = [
    (
        "Rewards",
        [
            ("campaigns.campaign", "Campaigns", "redeem"),
            ("campaigns.coupon", "Coupons", "confirmation_number"),
            ("campaigns.couponbatch", "Coupon batches", "inventory_2"),
            ("campaigns.purchase", "Purchases", "shopping_bag"),
        ],
    ),
    (
        "Customers",
        [
            ("customers.customer", "Customers", "group"),
            ("customers.level", "Levels", "military_tech"),
            ("customers.segment", "Segments", "pie_chart"),
            ("customers.transaction", "Sales", "receipt_long"),
        ],
    ),
    (
        "Offers and promotions",
        [
            ("offers.offer", "Offers", "local_offer"),
            ("offers.customeroffer", "Offers given", "assignment_ind"),
            ("offers.giftbatch", "Offers to many", "groups"),
            ("promotions.promotion", "Promotions", "campaign"),
            ("promotions.enrolment", "Enrolments", "how_to_reg"),
            ("promotions.program", "Programs", "folder_special"),
        ],
    ),
    ("Points", [("points.account", "Accounts", "account_balance_wallet"), ("points.transfer", "Ledger", "menu_book")]),
    (
        "Setup",
        [
            ("access.store", "Stores", "storefront"),
            ("access.partner", "Partners", "handshake"),
            ("access.apitoken", "API tokens", "key"),
            ("outbox.subscription", "Webhooks", "webhook"),
            ("outbox.delivery", "Deliveries", "outbox"),
            ("access.user", "Users", "person"),
            ("auth.group", "Groups", "badge"),
            ("access.staffsession", "Sessions", "devices"),
            ("access.lockout", "Lock-outs", "lock_clock"),
            ("jobs.job", "Jobs", "pending_actions"),
            ("access.auditentry", "Audit trail", "history"),
        ],
    ),
]
UNFOLD = {
    "SITE_TITLE": "Loyalty",
    "SITE_HEADER": "Loyalty",
    "SITE_SYMBOL": "loyalty",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "loyalty_site.backoffice.theme.icon"},
    ],
    "SITE_URL": None,
    "SHOW_BACK_BUTTON": True,
    "DASHBOARD_CALLBACK": "loyalty_site.backoffice.start_page.fill",
    "ACCOUNT": {"navigation": "loyalty_site.access.account.menu.links"},
    "LOGIN": {"form": "loyalty_site.access.forms.StaffLogInForm"},
    "SIDEBAR": {"navigation": "loyalty_site.backoffice.navigation.menu"},
    "STYLES": ["loyalty_site.backoffice.theme.stylesheet"],
}
