"""Settings that cannot be used end the start in a sentence, whichever way the program is started."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from loyalty_site import environment
from loyalty_site.environment import SettingRefused

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "loyalty_site.settings"
KEY = "k" * 60
OTHERS = {"DEBUG", "ALLOWED_HOSTS", "EMAIL_URL", "SECRET_KEY_FALLBACKS"}
READ = {"DATABASE_URL": "sqlite://:memory:", "SECRET_KEY": KEY}


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch):
    """An environment with what must be set, and nothing else."""
    for name in list(os.environ):
        if name.startswith("LOYALTY_") or name in {
            "DEBUG",
            "ALLOWED_HOSTS",
            "EMAIL_URL",
            "SECRET_KEY_FALLBACKS",
            *READ,
        }:
            monkeypatch.delenv(name)
    for name, value in READ.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def settings_read() -> dict[str, object]:
    """The settings as a fresh process would read them; what this process stands on is put back."""
    read = [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]
    kept = {name: sys.modules.pop(name) for name in read}
    try:
        return dict(vars(importlib.import_module(PACKAGE)))
    finally:
        sys.modules.update(kept)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "SECRET_KEY must be set to at least 50 random characters"),
        ("SECRET_KEY", "k" * 49, "SECRET_KEY must be set to at least 50 random characters"),
        ("SECRET_KEY", "django-insecure-" + KEY, "SECRET_KEY must be set to at least 50 random characters"),
        ("LOYALTY_JWT_KEY", "k" * 31, "LOYALTY_JWT_KEY must have at least 32 random characters"),
        ("DEBUG", "maybe", "DEBUG must be on or off: 1 or 0."),
        ("LOYALTY_DEMO", "yess", "LOYALTY_DEMO must be on or off: 1 or 0."),
        ("LOYALTY_BEHIND_PROXY", "", "LOYALTY_BEHIND_PROXY must be on or off: 1 or 0."),
        ("LOYALTY_POINTS_VALID_DAYS", "x", "LOYALTY_POINTS_VALID_DAYS must be a whole number from 1 to 365000."),
        ("LOYALTY_POINTS_VALID_DAYS", "0", "LOYALTY_POINTS_VALID_DAYS must be a whole number from 1 to 365000."),
        ("LOYALTY_MEMBER_SESSION_HOURS", "0", "LOYALTY_MEMBER_SESSION_HOURS must be a whole number from 1 to 8760."),
        ("LOYALTY_ACCESS_TOKEN_HOURS", "9" * 20, "LOYALTY_ACCESS_TOKEN_HOURS must be a whole number from 1 to 8760."),
        ("LOYALTY_TIME_ZONE", "Mars/Olympus", "LOYALTY_TIME_ZONE must be a time zone such as Europe/Warsaw."),
        ("LOYALTY_TIME_ZONE", "Europe", "LOYALTY_TIME_ZONE must be a time zone such as Europe/Warsaw."),
        ("LOYALTY_TIME_ZONE", "../../etc/passwd", "LOYALTY_TIME_ZONE must be a time zone such as Europe/Warsaw."),
        ("LOYALTY_REGION_ZONES", "DE", "LOYALTY_REGION_ZONES must name time zones of regions such as DE=Europe/Berlin"),
        ("LOYALTY_REGION_ZONES", "DE=Mars", "LOYALTY_REGION_ZONES must name time zones of regions"),
        ("LOYALTY_REGION_ZONES", "DEU=Europe/Berlin", "LOYALTY_REGION_ZONES must name time zones of regions"),
        ("LOYALTY_ADMIN_PATH", "client", "LOYALTY_ADMIN_PATH must be a path of its own such as admin/"),
        ("LOYALTY_ADMIN_PATH", "", "LOYALTY_ADMIN_PATH must be a path of its own such as admin/"),
        ("LOYALTY_ADMIN_PATH", "/api/staff", "LOYALTY_ADMIN_PATH must be a path of its own such as admin/"),
        ("LOYALTY_SECOND_FACTOR", "on", "LOYALTY_SECOND_FACTOR must be one of: off, optional, required."),
        ("EMAIL_URL", "mail.example", "EMAIL_URL cannot be read"),
        ("EMAIL_URL", "smtps://mail.example", "EMAIL_URL cannot be read"),
        ("EMAIL_URL", "smtp://user:password@", "EMAIL_URL cannot be read"),
        ("EMAIL_URL", "smtp://user:password@mail.example:port", "EMAIL_URL cannot be read"),
        ("LOYALTY_MAIL_FROM", "nobody", "LOYALTY_MAIL_FROM must be an address such as loyalty@shop.example."),
        ("LOYALTY_MAIL_EVENTS", "points.added", "LOYALTY_MAIL_EVENTS names points.added; there is a mail for:"),
        ("LOYALTY_WEBHOOK_KEY", "k" * 31, "LOYALTY_WEBHOOK_KEY must have at least 32 random characters"),
        ("LOYALTY_WEBHOOK_PORTS", "https", "LOYALTY_WEBHOOK_PORTS must be port numbers by comma"),
        ("LOYALTY_OUTBOX_DAYS", "6", "LOYALTY_OUTBOX_DAYS must be a whole number from 7 to 3650."),
        ("DATABASE_URL", "", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "mysql://root@host/name", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "postgres://user:password@host:port/name", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "postgres://user:password@host", "DATABASE_URL cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(outside, name: str, value: str, sentence: str):
    outside.setenv(name, value)
    with pytest.raises(SettingRefused) as refused:
        settings_read()
    assert str(refused.value).startswith(sentence)


def test_a_bucket_that_is_named_takes_the_files(outside):
    outside.setenv("LOYALTY_S3_BUCKET", "photos")
    storage = settings_read()["STORAGES"]["default"]
    assert (storage["BACKEND"], storage["OPTIONS"]["bucket_name"]) == ("loyalty_site.files.bucket.Bucket", "photos")


def test_a_refused_database_url_does_not_show_its_password():
    with pytest.raises(SettingRefused) as refused:
        environment.database("postgres://user:hunter2@host:port/name")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        ("smtp+tls://me%40shop:p%2Fw@mail.example", ("mail.example", 587, "me@shop", "p/w", True, False)),
        ("smtp+ssl://me:pw@mail.example:2465", ("mail.example", 2465, "me", "pw", False, True)),
    ],
)
def test_the_server_that_mail_goes_through(outside, url: str, said: tuple):
    outside.setenv("EMAIL_URL", url)
    read = settings_read()
    names = ["HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL"]
    assert tuple(read[f"EMAIL_{name}"] for name in names) == said
    assert read["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(("demo", "offered"), [("1", True), ("0", False)])
def test_without_a_mail_server_only_the_demo_prints_links_to_new_passwords(outside, demo: str, offered: bool):
    outside.setenv("LOYALTY_DEMO", demo)
    read = settings_read()
    assert read["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
    assert (read["MAIL_LEAVES"], read["PASSWORD_RESET_BY_MAIL"]) == (False, offered)


@pytest.mark.parametrize("name", ["LOYALTY_DEMO", "LOYALTY_WEBHOOK_LOOPBACK", "DEBUG"])
def test_what_is_for_one_machine_only_is_refused_beside_other_hosts(outside, name: str):
    outside.setenv(name, "1")
    outside.setenv("ALLOWED_HOSTS", "127.0.0.1,loyalty.example")
    with pytest.raises(SettingRefused, match=f"{name}=1 .* this machine only"):
        settings_read()


def test_plain_http_is_for_one_machine_only(outside):
    outside.setenv("LOYALTY_HTTPS", "0")
    outside.setenv("ALLOWED_HOSTS", "localhost,127.0.0.1")
    read = settings_read()
    assert (read["SESSION_COOKIE_SECURE"], read["CSRF_COOKIE_SECURE"], read["SECURE_SSL_REDIRECT"]) == (False,) * 3
    outside.setenv("ALLOWED_HOSTS", "loyalty.example")
    with pytest.raises(SettingRefused, match=r"LOYALTY_HTTPS=0 .* this machine only"):
        settings_read()


def test_lists_are_read_without_blanks(outside):
    outside.setenv("ALLOWED_HOSTS", "loyalty.example, www.loyalty.example,")
    assert settings_read()["ALLOWED_HOSTS"] == ["loyalty.example", "www.loyalty.example"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", {"DE": "Europe/Berlin"}),
        ("gb=Europe/London, ES=Europe/Madrid", {"GB": "Europe/London", "ES": "Europe/Madrid"}),
    ],
)
def test_the_time_zones_of_regions(outside, written: str, read: dict[str, str]):
    outside.setenv("LOYALTY_REGION_ZONES", written)
    assert settings_read()["REGION_ZONES"] == read


@pytest.mark.parametrize("written", ["staff", "/staff", "staff/", "/staff/"])
def test_the_admins_path_may_be_written_with_slashes_or_without(outside, written: str):
    outside.setenv("LOYALTY_ADMIN_PATH", written)
    assert settings_read()["ADMIN_PATH"] == "staff/"


def started(*command: str, **settings: str) -> tuple[int, str]:
    """How the program ends with these settings and no others, and what it says on the way."""
    run = subprocess.run([sys.executable, *command], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60)
    return run.returncode, run.stdout + run.stderr


def test_manage_py_says_the_sentence_and_nothing_else():
    code, said = started("manage.py", "check", **READ | {"SECRET_KEY": "short"})
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("SECRET_KEY must be set")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (READ | {"DEBUG": "maybe"}, "DEBUG must be on or off: 1 or 0.\n"),
        (READ, "ALLOWED_HOSTS must name the hosts that the site is reached by, with commas in between.\n"),
    ],
)
def test_the_web_servers_module_says_the_sentence_and_nothing_else(settings: dict[str, str], sentence: str):
    assert started("-c", "import loyalty_site.wsgi", **settings) == (1, sentence)


@pytest.mark.parametrize(
    ("given", "sent"),
    [({}, []), ({"LOYALTY_DEMO": "1"}, ["reward.bought"]), ({"EMAIL_URL": "smtp://mail.example"}, ["reward.bought"])],
)
def test_customers_get_mail_where_it_leaves_and_in_the_demo(outside, given: dict[str, str], sent: list[str]):
    for name, value in given.items():
        outside.setenv(name, value)
    assert settings_read()["MAIL_EVENTS"] == sent
    outside.setenv("LOYALTY_MAIL_EVENTS", "")
    assert settings_read()["MAIL_EVENTS"] == []
