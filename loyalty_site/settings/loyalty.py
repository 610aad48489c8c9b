"""The rules of the house that a company sets."""

from datetime import timedelta

from loyalty_site.environment import flag, names, number, text, zone, zones
from loyalty_site.settings.ground import DEMO

LANGUAGE_CODE = "en"  # of whatever no reader chooses the language of: the API, what is kept, mail by default
FORMAT_MODULE_PATH = ["loyalty_site.backoffice.formats"]
USE_TZ = True
LOYALTY_TIME_ZONE = zone("LOYALTY_TIME_ZONE", "Europe/Warsaw")  # reads zone-less input, cuts days
TIME_ZONE = LOYALTY_TIME_ZONE
REGION_ZONES = zones("LOYALTY_REGION_ZONES", {"DE": "Europe/Berlin"})  # of partners' regions; others are as above

# days; of points that are added without an expiry of their own
POINTS_VALID_DAYS = number("LOYALTY_POINTS_VALID_DAYS", 30, 1, 365_000)
PARTNER_POINTS_VALID_MONTHS = number("LOYALTY_PARTNER_POINTS_VALID_MONTHS", 4, 1, 1_200)  # of points partners add
# How many points a superuser may add or take without a second person: in one adjustment, and on one day.
SUPERUSER_ADJUSTMENT_POINTS = number("LOYALTY_SUPERUSER_ADJUSTMENT_POINTS", 10_000, 0, 1_000_000_000)
SUPERUSER_ADJUSTMENT_POINTS_A_DAY = number("LOYALTY_SUPERUSER_ADJUSTMENT_POINTS_A_DAY", 50_000, 0, 1_000_000_000)
ADJUSTMENTS_WAIT = timedelta(days=number("LOYALTY_ADJUSTMENT_DAYS", 14, 1, 365))  # for approval; then they lapse
MEMBER_SESSION_LIFETIME = timedelta(hours=number("LOYALTY_MEMBER_SESSION_HOURS", 24, 1, 8_760))
BUSINESS_UNITS = names("LOYALTY_BUSINESS_UNITS", [])  # that partners may name; every offer belongs to all of them
CURRENCY = text("LOYALTY_CURRENCY", "eur")
PROGRAM_NAME = text("LOYALTY_PROGRAM_NAME", "Loyalty Program")
POINT_SINGULAR = text("LOYALTY_POINT_SINGULAR", "Point")
POINT_PLURAL = text("LOYALTY_POINT_PLURAL", "Points")
SELLERS_SEE_COUPONS = flag("LOYALTY_SELLERS_SEE_COUPONS", True)
# wrong passwords in 15 minutes; 0: no limit
LOGIN_LIMIT_ACCOUNT = number("LOYALTY_LOGIN_LIMIT_ACCOUNT", 100 if DEMO else 5, 0, 1_000_000)
LOGIN_LIMIT_ADDRESS = number("LOYALTY_LOGIN_LIMIT_ADDRESS", 0 if DEMO else 20, 0, 1_000_000)
