"""Serving one's own data: what is refused before, and what runs then."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tools.demo.passing import free_port, wait_until_ready

pytestmark = pytest.mark.servers

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 60


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tools.serve", "--port", str(free_port()), *arguments]


def refusal(*arguments: str, **settings: str) -> str:
    """What it says when it is started with these settings and ends."""
    environment = {"PATH": os.environ["PATH"]} | settings
    ended = subprocess.run(command(*arguments), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (ended.returncode != 0, ended.stdout) == (True, "")
    return ended.stderr.strip()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "SECRET_KEY must be set to at least 50 random characters of your own."),
        ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS must name the hosts that the site is reached by"),
        ({"SECRET_KEY": KEY, "LOYALTY_DEMO": "1"}, "LOYALTY_DEMO and DEBUG are not for serving"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "localhost", "DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
    ],
)
def test_settings_that_do_not_do_are_refused_in_a_sentence(settings, sentence):
    said = refusal(**settings)

    assert said.startswith(sentence)
    assert "Traceback" not in said


@pytest.mark.parametrize("option", ["--workers", "--job-workers"])
def test_no_workers_are_none(option):
    assert "'0' is no number of processes: give one from 1 to 1000" in refusal(option, "0")


def test_an_empty_database_is_served_with_a_worker_beside(tmp_path):
    port = free_port()
    settings = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "LOYALTY_HTTPS": "0",
        "DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3",
    }
    served = subprocess.Popen(
        [sys.executable, "-m", "tools.serve", "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        page = requests.get(f"http://127.0.0.1:{port}/admin/login/", timeout=30)
        style = re.search(r'href="(/static/[^"]+\.css)"', page.text)[1]
        styles = requests.get(f"http://127.0.0.1:{port}{style}", timeout=30)
    finally:
        served.send_signal(signal.SIGTERM)
        said = served.communicate(timeout=30)[0]

    assert (page.status_code, styles.status_code) == (200, 200)
    assert "john@doe.com" not in said
    assert "Nobody can log in yet" in said
    assert re.search(r"worker 1: process \d+", said)
    assert said.rstrip().endswith("[processes] all have ended")
    assert served.returncode == 0
