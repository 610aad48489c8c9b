"""Keys, and the refusal to serve the world with those of a demo."""

from datetime import timedelta
from hashlib import sha256

from loyalty_site.environment import SettingRefused, names, number, text
from loyalty_site.settings.ground import ALLOWED_HOSTS, DEBUG, DEMO, LOOPBACK

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
