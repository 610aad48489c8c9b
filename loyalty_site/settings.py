"""Every setting comes from the environment; `docs/operations.md` lists them."""

import sqlite3
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from loyalty_site.environment import SettingRefused, database, flag, names, number, path, text, zone, zones
from loyalty_site.files.choice import file_storage

BASE_DIR = Path(__file__).resolve().parent.parent

DEMO = flag("LOYALTY_DEMO", False)
DEBUG = flag("DEBUG", False)
ALLOWED_HOSTS = names("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEMO or DEBUG else [])

# --- secrets -----------------------------------------------------------------------------------------------------

SECRET_KEY = text("SECRET_KEY", "")
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure-"):
    raise SettingRefused(
        "SECRET_KEY must be set to at least 50 random characters of your own. Make one with: "
        'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
SECRET_KEY_FALLBACKS = names("SECRET_KEY_FALLBACKS", [])
JWT_KEY = text("LOYALTY_JWT_KEY", "") or sha256(f"loyalty.jwt:{SECRET_KEY}".encode()).hexdigest()
if len(JWT_KEY) < 32:
    raise SettingRefused("LOYALTY_JWT_KEY must have at least 32 random characters, or be left out.")
ACCESS_TOKEN_LIFETIME = timedelta(hours=number("LOYALTY_ACCESS_TOKEN_HOURS", 24, 1, 8_760))
REFRESH_TOKEN_LIFETIME = timedelta(days=number("LOYALTY_REFRESH_TOKEN_DAYS", 30, 1, 3_650))

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
if DEBUG and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise SettingRefused(
        "DEBUG=1 shows the program's inside to whoever meets an error: it serves this machine only. "
        "Unset DEBUG, or unset ALLOWED_HOSTS."
    )
if DEMO and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise SettingRefused(
        "LOYALTY_DEMO=1 opens accounts with published passwords: it serves this machine only. "
        "Unset LOYALTY_DEMO, or unset ALLOWED_HOSTS."
    )

# --- applications ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "loyalty_site.backoffice",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "corsheaders",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "loyalty_site.api.description",
    "loyalty_site.access",
    "customers",
    "points",
    "campaigns",
    "offers",
    "promotions",
]
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["loyalty_site.access.backends.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{rule}"}
    for rule in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ROOT_URLCONF = "loyalty_site.urls"
WSGI_APPLICATION = "loyalty_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The parts of the apps that the site calls without importing an app.
DEMO_LOADERS = [
    "loyalty_site.access.demo.load",
    "customers.demo.load",
    "points.demo.load",
    "campaigns.demo.load",
    "offers.demo.load",
    "promotions.demo.load",
]
LEDGER_CHECKS = [
    "customers.verify.findings",
    "points.verify.findings",
    "campaigns.verify.findings",
    "promotions.verify.findings",
]
CUSTOMER_LOGIN = "customers.login.find_user"
DASHBOARD_PANELS = ["campaigns.admin.panels.start", "customers.admin.panels.start", "points.admin.panels.start"]
CUSTOMER_PANELS = [
    "customers.admin.panels.summary",
    "points.admin.panels.balance",
    "points.admin.panels.movements",
    "campaigns.admin.panels.purchases",
    "offers.admin.panels.given_to",
    "promotions.admin.panels.enrolments_of",
    "customers.admin.panels.sales",
]
PARTNER_PANELS = [
    "points.admin.panels.moved_by",
    "offers.admin.panels.given_by",
    "promotions.admin.panels.enrolled_by",
]

MIDDLEWARE = [
    "loyalty_site.middleware.DialectHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "loyalty_site.middleware.AdminSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "loyalty_site.middleware.AdminAuthentication",
    "loyalty_site.middleware.AdminMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "loyalty_site.middleware.BodyLimit",
    "loyalty_site.middleware.MethodOverride",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- back office -------------------------------------------------------------------------------------------------

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
            ("access.user", "Users", "person"),
            ("auth.group", "Groups", "badge"),
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
    "LOGIN": {"form": "loyalty_site.access.forms.StaffLogInForm"},
    "SIDEBAR": {"navigation": "loyalty_site.backoffice.navigation.menu"},
    "STYLES": ["loyalty_site.backoffice.theme.stylesheet"],
}

# --- database ----------------------------------------------------------------------------------------------------

VAR = BASE_DIR / "var"  # what the product writes on a single machine
AN_HOUR = 3_600_000  # milliseconds
DATABASE_URL = text("DATABASE_URL", f"sqlite:///{VAR / 'loyalty.sqlite3'}")
DATABASES = {"default": database(DATABASE_URL)}
ON_POSTGRESQL = DATABASES["default"]["ENGINE"].endswith("postgresql")
if ON_POSTGRESQL:
    # Bounds on a request's waits; a command such as `migrate` may take as long as it needs, so wsgi.py turns them on.
    bounds = {
        "lock_timeout": number("LOYALTY_LOCK_TIMEOUT_MS", 0, 0, AN_HOUR),
        "statement_timeout": number("LOYALTY_STATEMENT_TIMEOUT_MS", 0, 0, AN_HOUR),
        "idle_in_transaction_session_timeout": number("LOYALTY_IDLE_TRANSACTION_TIMEOUT_MS", 0, 0, AN_HOUR),
    }
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=3, options=" ".join(f"-c {name}={value}" for name, value in bounds.items())
    )
else:
    if sqlite3.sqlite_version_info < (3, 35):
        raise SettingRefused(
            f"This Python comes with SQLite {sqlite3.sqlite_version}; 3.35 or later is needed. "
            "Use a newer Python, or set DATABASE_URL to a PostgreSQL server."
        )
    VAR.mkdir(exist_ok=True)
    # One writer at a time, who takes the lock before reading: Django's default mode answers "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # Threads share a file, not a memory database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}

SILENCED_SYSTEM_CHECKS = ["models.W040"]  # an index that carries further columns carries none on SQLite

# --- language, time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["loyalty_site.backoffice.formats"]
USE_TZ = True
LOYALTY_TIME_ZONE = zone("LOYALTY_TIME_ZONE", "Europe/Warsaw")  # reads zone-less input, cuts days
TIME_ZONE = LOYALTY_TIME_ZONE
REGION_ZONES = zones("LOYALTY_REGION_ZONES", {"DE": "Europe/Berlin"})  # of partners' regions; others are as above

# --- loyalty -----------------------------------------------------------------------------------------------------

# days; of points that are added without an expiry of their own
POINTS_VALID_DAYS = number("LOYALTY_POINTS_VALID_DAYS", 30, 1, 365_000)
PARTNER_POINTS_VALID_MONTHS = number("LOYALTY_PARTNER_POINTS_VALID_MONTHS", 4, 1, 1_200)  # of points partners add
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

# --- API ---------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["loyalty_site.access.authentication.Credentials"],
    "DEFAULT_PERMISSION_CLASSES": ["loyalty_site.access.permissions.ByEndpointTable"],
    "DEFAULT_THROTTLE_CLASSES": ["loyalty_site.access.throttles.ByToken"],
    "DEFAULT_RENDERER_CLASSES": ["loyalty_site.api.rendering.PrettyJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "loyalty_site.api.parsing.StrictJSONParser",
        "loyalty_site.api.parsing.BracketFormParser",
        "loyalty_site.api.parsing.BracketMultiPartParser",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "loyalty_site.api.rendering.AlwaysJSON",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is the browsers' preflight and nothing else
    "EXCEPTION_HANDLER": "loyalty_site.api.exceptions.answer_exception",
    "UNAUTHENTICATED_USER": None,
}
# The description of the API; how an endpoint is described: `loyalty_site/api/description/__init__.py`.
API_CHAPTERS = [
    "loyalty_site.descriptions.CHAPTERS",
    "loyalty_site.access.api.descriptions.CHAPTERS",
    "campaigns.api.descriptions.CHAPTERS",
    "campaigns.api.customer_descriptions.CHAPTERS",
    "customers.api.descriptions.CHAPTERS",
    "points.api.descriptions.CHAPTERS",
    "promotions.api.descriptions.CHAPTERS",
    "offers.api.es_descriptions.CHAPTERS",
    "points.api.rbi_descriptions.CHAPTERS",
    "offers.api.rbi_descriptions.CHAPTERS",
]
API_EXAMPLES = BASE_DIR / "tests" / "examples"
SPECTACULAR_SETTINGS = {
    "TITLE": "Loyalty",
    "DESCRIPTION": "Points, reward campaigns and their coupons, in Open Loyalty's dialect; partners' calls in theirs.",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.0",
    "DEFAULT_GENERATOR_CLASS": "loyalty_site.api.description.generator.Generator",
    "POSTPROCESSING_HOOKS": [],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = ["*", "authorization"]  # the star stands for every header but this one
CORS_EXPOSE_HEADERS = ["Idempotent-Replayed", "Retry-After"]
CORS_ALLOW_METHODS = ["POST", "PUT", "GET", "DELETE"]
CORS_PREFLIGHT_MAX_AGE = 3600

# --- files -------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": file_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = text("LOYALTY_MEDIA_ROOT", str(VAR / "media"))

# --- transport security: the demo is plain HTTP on loopback --------------------------------------------------------

SECURE = not (DEMO or DEBUG)
SECURE_SSL_REDIRECT = flag("LOYALTY_HTTPS_REDIRECT", SECURE)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = names("LOYALTY_TRUSTED_ORIGINS", [])
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = flag("LOYALTY_BEHIND_PROXY", False)  # believe its X-Forwarded-For and X-Forwarded-Proto
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- log ---------------------------------------------------------------------------------------------------------

# To the error output, with the cause of every 500. What a caller did wrong is told to the caller.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # every scanner of the internet causes it
    },
}
