"""`make demo`: fills a database with demo data and serves it on this machine until Ctrl-C or SIGTERM."""

import argparse
import os
import signal
import socket
import sys

from django.apps import apps
from django.conf import settings
from django.db import connections

from tools.demo import site, static
from tools.demo.server import HOST
from tools.environment import alone_in

WELCOME = """
Admin site   {url}/{admin}
API          {url}/api/, described at {url}/doc

  administrator     admin / open                admin site, /api/admin/login_check
  marketing staff   marketing / open            admin site
  support staff     support / open              admin site
  auditor           auditor / open              admin site
  sellers           john@doe.com / open         /api/seller/login_check
                    john2@doe2.com / open
  customers         user@oloy.com / loyalty     /api/customer/login_check
                    user-temp@oloy.com / loyalty
  partners          partner-demo-token          x-api-key or Authorization: Bearer
                    other-demo-token
                    capillary / capillary       Authorization: Basic
                    capillary-readonly / capillary
                    client-demo-token           Authorization: Bearer

Ctrl-C stops the server and keeps the data; `make demo-reset` starts the data over.
"""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C on the way is no error
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=port_number, default=8000)
    port = parser.parse_args().port
    refuse_taken(port)
    site.set_up()
    with alone_in(site.VAR):
        site.fill()
        static.collect_if_changed()
    forget_failed_log_ins()
    print(WELCOME.format(url=f"http://{HOST}:{port}", admin=settings.ADMIN_PATH), flush=True)
    connections.close_all()
    become_server(port)


def port_number(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def refuse_taken(port: int) -> None:
    """Asked first, before any work, and of the system itself: the server would share the port of a running demo."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}): choose another, as in: make demo PORT={port + 1}")


def forget_failed_log_ins() -> None:
    apps.get_model("access", "AttemptCounter").objects.all().delete()


def become_server(port: int) -> None:
    """In this very process, so that a signal to it is a signal to the server."""
    command = [sys.executable, "-m", "tools.demo.server", str(port)]
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
