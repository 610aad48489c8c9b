"""Pictures of screens, as somebody of the staff sees them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tools.screenshots.chosen import Picture

HEIGHTS = {1440: 900, 390: 844}
LONGEST = 8_000  # pixels; what is longer is cut off
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent }"
COLOURS = 256


@contextmanager
def logged_in(browser: Browser, server: str, width: int) -> Iterator[Page]:
    size = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(base_url=server, viewport=size, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto("/admin/")
    page.locator("#id_username").fill("admin")
    page.locator("#id_password").fill("open")
    page.locator("form [type=submit]").first.click()
    page.wait_for_url("**/admin/")
    try:
        yield page
    finally:
        context.close()


def fetch(page: Page, path: str) -> str | None:
    answer = page.request.get(path)
    is_page = answer.ok and "text/html" in answer.headers["content-type"]
    return answer.text() if is_page else None


def take(page: Page, path: str, file: Path) -> None:
    """From top to bottom."""
    page.goto(path)
    hold_still(page)
    width = page.viewport_size["width"]
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})


def take_chosen(page: Page, picture: Picture, file: Path) -> None:
    """As much as fits into the picture."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto(picture.path)
    for go in picture.ways:
        go(page)
    hold_still(page)
    page.screenshot(path=file)


def hold_still(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content=STILL)


def press_flat(file: Path) -> None:
    """Few colours make a small file, and screens have few."""
    with Image.open(file) as drawn:
        drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
