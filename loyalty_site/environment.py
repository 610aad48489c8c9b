"""Settings from the environment. One that cannot be read is refused in a sentence that names it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
DATABASE_HELP = (
    "DATABASE_URL cannot be read: give postgres://user:password@host:5432/name or sqlite:////path/to/file. "
    "Special characters of a user name or password are written as in any URL: @ is %40, / is %2F."
)
SEGMENTS = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")
# what else begins at the site's root
TAKEN = {"api", "bulk-action", "client", "healthz", "loyalty", "readyz", "static", "transactions", "v2", "v3"}

REGION = re.compile("[A-Za-z]{2}")
COLOUR = re.compile("#[0-9a-f]{6}")
PICTURES = {  # by suffix
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
LARGEST_PICTURE = 512 * 1024  # bytes

Value = TypeVar("Value")
env = Env()


class SettingRefused(ImproperlyConfigured):
    """A setting is missing, or is none that can be used; the text says so to whoever starts the program."""


def flag(name: str, default: bool) -> bool:
    return _read(env.bool, name, default, "must be on or off: 1 or 0")


def number(name: str, default: int, least: int, most: int) -> int:
    rule = f"must be a whole number from {least} to {most}"
    value = _read(env.int, name, default, rule)
    if not least <= value <= most:
        raise SettingRefused(f"{name} {rule}.")
    return value


def text(name: str, default: str = "") -> str:
    return env.str(name, default)


def names(name: str, default: list[str] | None = None) -> list[str]:
    """What stands between commas."""
    found = [part.strip() for part in env.list(name, default or [])]
    return [part for part in found if part]


def choice(name: str, default: str, known: list[str]) -> str:
    value = text(name, default)
    if value not in known:
        raise SettingRefused(f"{name} must be one of: {', '.join(known)}.")
    return value


def zone(name: str, default: str) -> str:
    value = text(name, default)
    if not _is_zone(value):
        raise SettingRefused(f"{name} must be a time zone such as Europe/Warsaw.")
    return value


def zones(name: str, default: dict[str, str]) -> dict[str, str]:
    """Time zones by region: `DE=Europe/Berlin,GB=Europe/London`."""
    if not text(name):
        return default
    found = dict(pair.partition("=")[::2] for pair in names(name))
    if not all(REGION.fullmatch(region) and _is_zone(value) for region, value in found.items()):
        raise SettingRefused(f"{name} must name time zones of regions such as DE=Europe/Berlin,GB=Europe/London.")
    return {region.upper(): value for region, value in found.items()}


def path(name: str, default: str) -> str:
    """A path below the site's root, as URL patterns want it: `admin/`."""
    value = text(name, default).strip("/")
    if not SEGMENTS.fullmatch(value) or value.split("/")[0] in TAKEN:
        raise SettingRefused(f"{name} must be a path of its own such as {default}")
    return f"{value}/"


def colour(name: str, default: str) -> str:
    """As `#9810fa`."""
    value = text(name, default).lower()
    if not COLOUR.fullmatch(value):
        raise SettingRefused(f"{name} must be a colour such as {default}.")
    return value


def picture(name: str) -> str:
    """The file of a picture, as an absolute path; empty where none is named."""
    value = text(name)
    if not value:
        return ""
    file = Path(value).resolve()
    if file.suffix.lower() not in PICTURES or not file.is_file() or file.stat().st_size > LARGEST_PICTURE:
        kinds = ", ".join(PICTURES)
        raise SettingRefused(f"{name} must be a file of at most {LARGEST_PICTURE // 1024} KB: one of {kinds}.")
    return str(file)


def require_hosts(hosts: list[str]) -> None:
    """For whoever serves: a command such as `migrate` needs none."""
    if not hosts:
        raise SettingRefused("ALLOWED_HOSTS must name the hosts that the site is reached by, with commas in between.")


def database(url: str) -> dict[str, Any]:
    """The connection that a URL names, for DATABASES. The refusal does not repeat the URL: it may hold a password."""
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError as error:
        raise SettingRefused(DATABASE_HELP) from error
    if url.partition(":")[0] not in DATABASE_SCHEMES or not found["NAME"]:
        raise SettingRefused(DATABASE_HELP)
    return found


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown, no name of a zone, a directory of zones
        return False
    return True


def _read(read: Callable[[str, Value], Value], name: str, default: Value, rule: str) -> Value:
    try:
        return read(name, default)
    except EnvError as error:
        raise SettingRefused(f"{name} {rule}.") from error
