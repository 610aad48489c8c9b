"""What the log says, asked of a process of its own: the test runner has a log of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "sqlite://:memory:",
    "ALLOWED_HOSTS": "testserver",
    "DJANGO_SETTINGS_MODULE": "loyalty_site.settings",
}
ANSWERING = """
import django
django.setup()
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404
from django.test import RequestFactory
for raised in ({errors},):
    try:
        raise raised
    except Exception as error:
        print(response_for_exception(RequestFactory().get("/api/campaign"), error).status_code)
"""


def answering(*errors: str) -> tuple[str, str]:
    """The statuses that exceptions outside any view are answered with, and what is logged."""
    command = [sys.executable, "-c", ANSWERING.format(errors=", ".join(errors))]
    run = subprocess.run(command, cwd=ROOT, env=SETTINGS, capture_output=True, text=True, timeout=60)
    return run.stdout.strip(), run.stderr


def test_an_error_of_the_program_is_logged_with_its_cause():
    status, logged = answering('RuntimeError("what went wrong")')

    assert status == "500"
    assert "ERROR django.request: Internal Server Error: /api/campaign\n" in logged
    assert "RuntimeError: what went wrong\n" in logged


def test_what_a_caller_does_wrong_is_not_logged():
    assert answering("Http404", "PermissionDenied") == ("404\n403", "")
