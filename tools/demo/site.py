"""The demo's settings and data: the same for serving it and for starting it over."""

import os
import secrets

from django.core.management import call_command

from tools.environment import ROOT
from tools.serve import site

VAR = ROOT / "var"
SECRET = VAR / "demo-secret-key"


def set_up() -> None:
    """Load Django with the demo's settings; what the caller's environment says already stands."""
    VAR.mkdir(exist_ok=True)
    os.environ["LOYALTY_DEMO"] = "1"
    os.environ.setdefault("SECRET_KEY", own_secret_key())
    site.set_up()


def own_secret_key() -> str:
    """Made once and kept, so that whoever is logged in stays so over a restart."""
    if not SECRET.exists():
        unfinished = SECRET.with_suffix(".new")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        unfinished.replace(SECRET)
    return SECRET.read_text()


def fill() -> None:
    """Bring the database to the current schema and load the demo data, unless it is there already."""
    site.migrate()
    call_command("load_demo")
