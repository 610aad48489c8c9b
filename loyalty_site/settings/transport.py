"""How pages and cookies travel. The demo is plain HTTP on loopback."""

from loyalty_site.environment import SettingRefused, flag, names
from loyalty_site.settings.ground import ALLOWED_HOSTS, DEBUG, DEMO, LOOPBACK

SECURE = flag("LOYALTY_HTTPS", not (DEMO or DEBUG))
if not SECURE and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise SettingRefused(
        "LOYALTY_HTTPS=0 sends passwords and cookies in the clear: it serves this machine only. "
        "Unset LOYALTY_HTTPS, or set ALLOWED_HOSTS to localhost,127.0.0.1."
    )
SECURE_SSL_REDIRECT = flag("LOYALTY_HTTPS_REDIRECT", SECURE)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = names("LOYALTY_TRUSTED_ORIGINS", [])
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = flag("LOYALTY_BEHIND_PROXY", False)  # believe its X-Forwarded-For and X-Forwarded-Proto
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
