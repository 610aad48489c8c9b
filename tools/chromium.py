"""The browser that `make e2e` and `make screenshots` drive: an installed Chromium, else Playwright's own.

`python -m tools.chromium` downloads Playwright's own where there is none.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "No Chromium to drive: install one (Debian and Ubuntu: apt install chromium) or name its program in CHROMIUM, "
    "or let Playwright fetch its own: .venv/bin/python -m playwright install chromium"
)


class NoBrowser(Exception):
    """Nothing to drive; the text says what to do."""


def found(playwright: Playwright) -> str:
    """The path of the program. Raises NoBrowser."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        program = shutil.which(named)
        if program is None:
            raise NoBrowser(f"CHROMIUM names {named}, which is no program.")
        return program
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    if installed is None and not Path(own).exists():
        raise NoBrowser(NO_BROWSER)
    return installed or own


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser. Raises NoBrowser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(playwright))
        try:
            yield browser
        finally:
            browser.close()


def main() -> int:
    with sync_playwright() as playwright:
        try:
            print(f"Chromium: {found(playwright)}", flush=True)
        except NoBrowser:
            print("Fetching Playwright's own Chromium ...", flush=True)
        else:
            return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode


if __name__ == "__main__":
    sys.exit(main())
