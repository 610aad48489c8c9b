"""`make clients`: what each client of Open Loyalty does in a day, against a server with demo data.

Without `--url` a demo of its own is served, on a free port and with data that is thrown away.
"""

import argparse
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

from tools.clients import admin_app, customer_app, shop_module, till_app
from tools.clients.http import Broken

CLIENTS = {
    "the administrators' front end": admin_app.play,
    "the tills' front end": till_app.play,
    "the customers' front end": customer_app.play,
    "the web shop's module": shop_module.play,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a served demo, as http://127.0.0.1:8000")
    url = parser.parse_args().url
    if url:
        return play(url.rstrip("/"))
    with own_demo() as server:
        return play(server)


def play(server: str) -> int:
    broken = 0
    for client, story in CLIENTS.items():
        try:
            story(server)
            print(f"{client}: works")
        except Broken as met:
            broken += 1
            print(f"{client}: BROKEN\n  {met}")
    return min(broken, 1)


@contextmanager
def own_demo() -> Iterator[str]:
    """Served until the stories are told. Ended as `make demo` is by Ctrl-C."""
    with tempfile.TemporaryDirectory() as directory:
        port = free_port()
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{directory}/clients.sqlite3",
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
    """Asked again, ever less often, for about a minute: the demo fills its database first."""
    with requests.Session() as session:
        session.mount(server, HTTPAdapter(max_retries=Retry(60, backoff_factor=0.1, backoff_max=1)))
        session.get(f"{server}/readyz").raise_for_status()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
