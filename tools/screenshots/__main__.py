"""`make screenshots`: a picture of every screen of a demo, as wide as a desk's and as a phone's.

Without `--url` a demo of its own is served. `--docs` takes those of docs/images only (tools/screenshots/chosen.py).
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from tools.chromium import NoBrowser, launched
from tools.demo.passing import passing_demo
from tools.environment import ROOT
from tools.screens import screens
from tools.screenshots import camera
from tools.screenshots.chosen import CHOSEN

IMAGES = ROOT / "docs" / "images"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a served demo, as http://127.0.0.1:8000")
    parser.add_argument("--directory", type=Path, default=ROOT / "var" / "screenshots")
    parser.add_argument("--docs", action="store_true", help="take the pictures of docs/images anew, and no others")
    asked = parser.parse_args()
    with ExitStack() as held:
        try:
            browser = held.enter_context(launched())
        except NoBrowser as reason:
            sys.exit(str(reason))
        server = asked.url.rstrip("/") if asked.url else held.enter_context(passing_demo())
        if asked.docs:
            take_chosen(browser, server)
        else:
            take_all(browser, server, asked.directory)
    return 0


def take_all(browser: Browser, server: str, directory: Path) -> None:
    with camera.logged_in(browser, server, 1440) as page:
        found = list(screens(lambda path: camera.fetch(page, path)))
    for width in camera.HEIGHTS:
        place = directory / str(width)
        place.mkdir(parents=True, exist_ok=True)
        with camera.logged_in(browser, server, width) as page:
            for screen in found:
                camera.take(page, screen.path, place / f"{screen.name}.png")
        print(f"{len(found)} pictures in {place}", flush=True)


def take_chosen(browser: Browser, server: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, picture in CHOSEN.items():
        with camera.logged_in(browser, server, picture.width) as page:
            camera.take_chosen(page, picture, IMAGES / name)
        camera.press_flat(IMAGES / name)
        print(IMAGES / name, flush=True)


if __name__ == "__main__":
    sys.exit(main())
