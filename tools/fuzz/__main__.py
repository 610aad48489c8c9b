"""`make fuzz`: requests made up from the description of the API, sent to a demo on PostgreSQL by each caller in turn.

No answer may be a 5xx, nor one that the description does not know: its status, media type, headers or body. In the end
the points and coupons must tie, whatever was sent.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.postgresql_server import NoServer, Server
from tools.demo.passing import passing_demo
from tools.fuzz.callers import CALLERS

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = 10  # for each operation, besides those that cover its description; some four minutes in all


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))  # noqa: S311 - not a secret
    asked = parser.parse_args()
    again = f"make fuzz SEED={asked.seed} EXAMPLES={asked.examples}"
    print(f"Repeat with: {again}", flush=True)
    with postgresql() as database_url, passing_demo(database_url) as server:
        broken = [caller for caller in CALLERS if not fuzz(server, caller, asked.seed, asked.examples)]
        if not books_tie(database_url):
            broken.append("the books")
    print(f"Broken: {', '.join(broken)}. Repeat with: {again}" if broken else "Nothing is broken.")
    return min(len(broken), 1)


def fuzz(server: str, caller: str, seed: int, examples: int) -> bool:
    """Whether all answers were as described. What was not is printed with the curl line that asks it."""
    print(f"As {caller}:", flush=True)
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION)]
    command += ["run", f"{server}/api/doc.json", "--seed", str(seed), "--max-examples", str(examples), "--no-color"]
    for name, text in CALLERS[caller].credential(server).items():
        command += ["--header", f"{name}: {text}"]
    return subprocess.run(command, env=os.environ | {"FUZZED_BY": caller}, stdin=subprocess.DEVNULL).returncode == 0


def books_tie(database_url: str) -> bool:
    command = [sys.executable, "-m", "tools.demo.command", "verify_ledger"]
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": database_url}).returncode == 0


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="loyalty-fuzz-") as directory:
        server = Server(Path(directory))
        try:
            server.start()
        except NoServer as reason:
            sys.exit(str(reason))
        try:
            with psycopg.connect(f"host={directory} user=postgres dbname=postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE loyalty")
            yield server.url
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
