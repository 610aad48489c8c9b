"""What a server listens on, asked before any work is done for it."""

import argparse
import socket
import sys


def port_number(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def refuse_unusable(host: str, port: int, *, target: str) -> None:
    """Ask the system itself: the server would share the port of another one that is running."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror
        sys.exit(
            f"Port {port} of {host} cannot be used ({reason}): choose another, as in: make {target} PORT={port + 1}"
        )
