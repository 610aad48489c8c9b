"""What the outside is told, by mail and by webhooks."""

from datetime import timedelta
from hashlib import sha256

from loyalty_site.environment import SettingRefused, flag, names, number, text
from loyalty_site.settings.ground import ALLOWED_HOSTS, DEBUG, DEMO
from loyalty_site.settings.mail import MAIL_LEAVES
from loyalty_site.settings.secrets import LOOPBACK, SECRET_KEY

# What each app tells of: descriptions by name.
EVENT_KINDS = [
    "campaigns.events.REWARD_BOUGHT",
    "campaigns.events.REWARD_REFUNDED",
    "campaigns.events.COUPON_USED",
    "campaigns.events.COUPON_NOT_USED",
    "campaigns.events.CAMPAIGN_PAUSED",
    "points.events.POINTS_ADDED",
    "points.events.POINTS_SPENT",
    "points.events.POINTS_REMOVED",
    "points.events.POINTS_RETURNED",
    "points.events.POINTS_EXPIRED",
    "offers.events.OFFER_ASSIGNED",
    "offers.events.OFFER_ANSWERED",
    "offers.events.OFFER_COMPLETED",
    "offers.events.OFFER_WITHDRAWN",
    "promotions.events.PROMOTION_ENROLLED",
    "promotions.events.PROMOTION_REVOKED",
    "customers.events.CUSTOMER_REGISTERED",
    "customers.events.CUSTOMER_STATUS_CHANGED",
]
# What letters are written in; a customer whose language is none of these is written in LANGUAGE_CODE.
MAIL_LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("pl", "polski")]
# kind → the function that writes the letter to the customer, from the event
LETTERS = {"reward.bought": "campaigns.reward_letter.write"}
# Which of them are sent: none where mail would only lie in a log.
MAIL_EVENTS = names("LOYALTY_MAIL_EVENTS", list(LETTERS) if MAIL_LEAVES or DEMO or DEBUG else [])
if unknown := set(MAIL_EVENTS) - set(LETTERS):
    raise SettingRefused(f"LOYALTY_MAIL_EVENTS names {sorted(unknown)[0]}; there is a mail for: {', '.join(LETTERS)}.")

WEBHOOK_KEY = text("LOYALTY_WEBHOOK_KEY") or sha256(f"loyalty.webhook:{SECRET_KEY}".encode()).hexdigest()
if len(WEBHOOK_KEY) < 32:
    raise SettingRefused("LOYALTY_WEBHOOK_KEY must have at least 32 random characters, or be left out.")
# http://127.0.0.1:9000/: for trying things out on one machine
WEBHOOK_LOOPBACK = flag("LOYALTY_WEBHOOK_LOOPBACK", DEMO)
if WEBHOOK_LOOPBACK and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise SettingRefused(
        "LOYALTY_WEBHOOK_LOOPBACK=1 lets webhooks reach this machine's own services: it is for a site that serves this "
        "machine only. Unset LOYALTY_WEBHOOK_LOOPBACK, or unset ALLOWED_HOSTS."
    )
ports = names("LOYALTY_WEBHOOK_PORTS", ["443"])
if not all(port.isdecimal() and 0 < int(port) < 65_536 for port in ports):
    raise SettingRefused("LOYALTY_WEBHOOK_PORTS must be port numbers by comma, such as 443,8443.")
WEBHOOK_PORTS = frozenset(int(port) for port in ports)
WEBHOOK_SECONDS = 5  # for a whole delivery
WEBHOOK_PAUSED_AFTER = timedelta(days=number("LOYALTY_WEBHOOK_PAUSED_AFTER_DAYS", 3, 1, 30))  # of failures only
OUTBOX_KEPT = timedelta(days=number("LOYALTY_OUTBOX_DAYS", 30, 7, 3_650))
