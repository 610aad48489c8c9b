"""A demo that is thrown away: served on a free port, ended and removed when its user is through."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry


@contextmanager
def passing_demo(database_url: str | None = None) -> Iterator[str]:
    """The address of its server. Without a database of the caller's it has one of its own. Ended as by Ctrl-C."""
    with tempfile.TemporaryDirectory() as directory:
        port = free_port()
        environment = os.environ | {
            "DATABASE_URL": database_url or f"sqlite:///{directory}/demo.sqlite3",
            "LOYALTY_MEDIA_ROOT": f"{directory}/media",
        }
        command = [sys.executable, "-m", "tools.demo.serve", "--port", str(port)]
        server = f"http://127.0.0.1:{port}"
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as demo:
            try:
                wait_until_ready(server)
                yield server
            finally:
                demo.send_signal(signal.SIGTERM)


def wait_until_ready(server: str) -> None:
    """Asked again, ever less often, for some minutes: the demo fills its database, and the machine may be busy."""
    with requests.Session() as session:
        session.mount(server, HTTPAdapter(max_retries=Retry(200, backoff_factor=0.1, backoff_max=1)))
        session.get(f"{server}/readyz").raise_for_status()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
