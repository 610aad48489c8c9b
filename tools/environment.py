"""Makes `.venv` and keeps it at what a lock file says: `python3 tools/environment.py requirements.lock`.

The Makefile calls it with whatever Python the machine has, so it uses the standard library only, and syntax that an old
Python can still read far enough to say that it is too old.
"""

import fcntl
import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INSTALLED = VENV / "installed"  # fingerprints of the lock files that .venv satisfies
UNFINISHED = VENV / "unfinished"  # stands while pip works: still there afterwards, pip was cut off
RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"
BROWSER = "requirements-e2e.lock"
# each repeats every pin of those after it
SATISFIES = {RUNTIME: [RUNTIME], DEVELOPMENT: [DEVELOPMENT, RUNTIME], BROWSER: [BROWSER, DEVELOPMENT, RUNTIME]}

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
TOO_OLD = (
    f"Python 3.11 or newer is needed and this is {VERSION}: install one (Debian and Ubuntu: apt install python3.11 "
    "python3.11-venv) and name it, as in: make demo PYTHON=python3.11"
)
NO_VENV = (
    "This Python cannot make virtual environments: install its venv package (Debian and Ubuntu: apt install "
    f"python{VERSION}-venv) and run make again."
)


def refuse_unsuitable_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this has not read pyproject.toml
        sys.exit(TOO_OLD)
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(NO_VENV)


@contextmanager
def alone_in(directory: Path) -> "Iterator[None]":  # quoted, for the old Python
    """Two makes at once would spoil each other's work: the second waits."""
    descriptor = os.open(str(directory), os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def fingerprint(lock: str) -> str:
    """Of the content, so that a checkout which only touches the file changes nothing."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def is_installed(lock: str) -> bool:
    return INSTALLED.exists() and fingerprint(lock) in INSTALLED.read_text().split()


def is_sound() -> bool:
    """Made by this version of Python, the interpreter still there, and no installation cut off."""
    packages = VENV / "lib" / f"python{VERSION}" / "site-packages"
    return packages.is_dir() and (VENV / "bin" / "python").exists() and INSTALLED.exists() and not UNFINISHED.exists()


def make_venv() -> None:
    print(f"Making .venv with Python {VERSION} ...", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        sys.exit(NO_VENV)


def install(lock: str) -> None:
    print(f"Installing the packages of {lock} (about half a minute) ...", flush=True)
    UNFINISHED.touch()
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    code = subprocess.run([*pip, "--require-hashes", "--requirement", lock], cwd=str(ROOT)).returncode
    if code >= 0:  # when pip fails by itself it undoes what it began; when a signal ended it, it does not
        UNFINISHED.unlink()
    if code:
        sys.exit(f"The packages of {lock} could not be installed; pip says why above.")
    INSTALLED.write_text("\n".join(fingerprint(each) for each in SATISFIES[lock]))


def main(lock: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C on the way is no error
    refuse_unsuitable_python()
    with alone_in(ROOT):
        if not is_sound():
            make_venv()
        if not is_installed(lock):
            install(lock)


if __name__ == "__main__":
    main(sys.argv[1])
