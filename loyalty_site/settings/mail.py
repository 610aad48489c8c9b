"""How mail leaves: through the server that is named, or onto the console where none is."""

from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from loyalty_site.environment import SettingRefused, text
from loyalty_site.settings.ground import DEBUG, DEMO

HELP = (
    "EMAIL_URL cannot be read: give smtp://, smtp+tls:// (STARTTLS) or smtp+ssl:// with user:password@host:port, or "
    "console://. Special characters of a user name or password are written as in any URL: @ is %40, / is %2F."
)
PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}  # where the URL names none


def sender(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise SettingRefused("LOYALTY_MAIL_FROM must be an address such as loyalty@shop.example.") from error
    return address


def server(url: str) -> SplitResult:
    """The refusal does not repeat the URL: it may hold a password."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0) and parts.path in ("", "/")
    except ValueError as error:
        raise SettingRefused(HELP) from error
    if parts.scheme == "console" or (parts.scheme in PORTS and named):
        return parts
    raise SettingRefused(HELP)


mail_server = server(text("EMAIL_URL") or "console://")
MAIL_LEAVES = mail_server.scheme in PORTS

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_LEAVES else 'console'}.EmailBackend"
EMAIL_HOST = mail_server.hostname or ""
EMAIL_PORT = mail_server.port or PORTS.get(mail_server.scheme, 0)
EMAIL_HOST_USER = unquote(mail_server.username or "")
EMAIL_HOST_PASSWORD = unquote(mail_server.password or "")
EMAIL_USE_TLS = mail_server.scheme == "smtp+tls"
EMAIL_USE_SSL = mail_server.scheme == "smtp+ssl"
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender(text("LOYALTY_MAIL_FROM", "loyalty@localhost.localdomain"))
# Whoever reads the console reads the links in it: in earnest, none is written there.
PASSWORD_RESET_BY_MAIL = MAIL_LEAVES or DEMO or DEBUG
PASSWORD_RESET_TIMEOUT = 3_600  # seconds
