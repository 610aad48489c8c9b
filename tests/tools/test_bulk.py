"""Workers that do bulk work are killed, as `python -m tools.bulk --kills` does it."""

import os
import subprocess
import sys

import pytest

from tests.running_server import ROOT

pytestmark = [pytest.mark.servers, pytest.mark.once("sqlite")]


def test_bulk_work_survives_the_death_of_its_workers(tmp_path):
    database = f"sqlite:///{tmp_path / 'bulk.sqlite3'}"
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "loyalty_site.settings", "DATABASE_URL": database}
    command = [sys.executable, "-m", "tools.bulk", "--codes", "60000", "--kills", "2"]
    run = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)

    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1].endswith("exactly once each; the books tie.")
