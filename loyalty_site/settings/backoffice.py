"""The admin: where it lies, its menu, its theme."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from loyalty_site.environment import path
from loyalty_site.settings.branding import BRAND_NAME, BRAND_SHADES

ADMIN_PATH = path("LOYALTY_ADMIN_PATH", "admin/")
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# title of a group → model, text, icon (Material Symbols)
BACKOFFICE_MENU = [
    (
        _("Rewards"),
        [
            ("campaigns.campaign", _("Campaigns"), "redeem"),
            ("campaigns.campaign/calendar", _("Calendar"), "calendar_month"),
            ("campaigns.coupon", _("Coupons"), "confirmation_number"),
            ("campaigns.couponbatch", _("Coupon batches"), "inventory_2"),
            ("campaigns.purchase", _("Purchases"), "shopping_bag"),
        ],
    ),
    (
        _("Customers"),
        [
            ("customers.customer", _("Customers"), "group"),
            ("customers.level", _("Levels"), "military_tech"),
            ("customers.segment", _("Segments"), "pie_chart"),
            ("customers.transaction", _("Sales"), "receipt_long"),
        ],
    ),
    (
        _("Offers and promotions"),
        [
            ("offers.offer", _("Offers"), "local_offer"),
            ("offers.customeroffer", _("Offers given"), "assignment_ind"),
            ("offers.giftbatch", _("Offers to many"), "groups"),
            ("promotions.promotion", _("Promotions"), "campaign"),
            ("promotions.enrolment", _("Enrolments"), "how_to_reg"),
            ("promotions.program", _("Programs"), "folder_special"),
        ],
    ),
    (
        _("Points"),
        [
            ("points.account", _("Accounts"), "account_balance_wallet"),
            ("points.transfer", _("Ledger"), "menu_book"),
            ("points.adjustment", _("Adjustments"), "rule"),
            ("points.bucket", _("Last days"), "hourglass_bottom"),
        ],
    ),
    (
        _("Setup"),
        [
            ("access.store", _("Stores"), "storefront"),
            ("access.partner", _("Partners"), "handshake"),
            ("access.apitoken", _("API tokens"), "key"),
            ("outbox.subscription", _("Webhooks"), "webhook"),
            ("outbox.delivery", _("Deliveries"), "outbox"),
            ("access.user", _("Users"), "person"),
            ("auth.group", _("Groups"), "badge"),
            ("points.adjustmentceiling", _("Ceilings for adjustments"), "vertical_align_top"),
            ("points.adjustmentreason", _("Reasons for adjustments"), "format_list_bulleted"),
            ("access.staffsession", _("Sessions"), "devices"),
            ("access.lockout", _("Lock-outs"), "lock_clock"),
            ("jobs.job", _("Jobs"), "pending_actions"),
            ("bulk.bulkchange", _("Bulk changes"), "checklist"),
            ("access.auditentry", _("Audit trail"), "history"),
        ],
    ),
]
UNFOLD = {
    "SITE_TITLE": BRAND_NAME,
    "SITE_HEADER": BRAND_NAME,
    "SITE_LOGO": "loyalty_site.backoffice.brand.logos",
    "COLORS": {"primary": BRAND_SHADES},
    "SITE_SYMBOL": "loyalty",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "loyalty_site.backoffice.brand.icon"},
    ],
    "SITE_URL": None,
    "SHOW_BACK_BUTTON": True,
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": reverse_lazy("own-language")},
    "DASHBOARD_CALLBACK": "loyalty_site.backoffice.start_page.fill",
    "ACCOUNT": {"navigation": "loyalty_site.access.account.menu.links"},
    "LOGIN": {"form": "loyalty_site.access.forms.StaffLogInForm"},
    "SIDEBAR": {"navigation": "loyalty_site.backoffice.navigation.menu"},
    "SCRIPTS": ["loyalty_site.backoffice.theme.search_script", "loyalty_site.backoffice.theme.reading_aloud"],
    "STYLES": ["loyalty_site.backoffice.theme.stylesheet"],
}
