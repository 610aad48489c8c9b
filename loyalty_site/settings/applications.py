"""The apps, and what a request passes through."""

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
    "django_tasks",
    "django_tasks_db",
    "loyalty_site.api.description",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "loyalty_site.access",
    "loyalty_site.jobs",
    "loyalty_site.bulk",
    "loyalty_site.cold",
    "loyalty_site.outbox",
    "customers",
    "points",
    "campaigns",
    "offers",
    "promotions",
]
AUTH_USER_MODEL = "access.User"
SESSION_ENGINE = "loyalty_site.access.sessions"
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

MIDDLEWARE = [
    "loyalty_site.middleware.DialectHeaders",
    "loyalty_site.middleware.ContentSecurity",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "loyalty_site.middleware.Origins",
    "loyalty_site.middleware.AdminSessions",
    "loyalty_site.middleware.AdminLanguage",
    "loyalty_site.middleware.SlashForPages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "loyalty_site.middleware.AdminAuthentication",
    "loyalty_site.access.staff_middleware.Presence",
    "loyalty_site.access.staff_middleware.SecondFactorFirst",
    "loyalty_site.middleware.AdminMessages",
    "loyalty_site.backoffice.reach.Reader",
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
