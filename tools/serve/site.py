"""The site, loaded and made ready to be served: its settings, its database, its static files."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection


def set_up() -> None:
    """Load Django with what the environment says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))


def migrate() -> None:
    """Bring the database to the current schema."""
    print("Preparing the database ...", flush=True)
    try:
        connection.ensure_connection()
    except OperationalError as refusal:
        sys.exit(f"The database cannot be opened: {refusal}")
    call_command("migrate", verbosity=0, interactive=False)
