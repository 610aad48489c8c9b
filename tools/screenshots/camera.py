"""Pictures of screens, as somebody of the staff sees them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

HEIGHTS = {1440: 900, 390: 844}
LONGEST = 8_000  # pixels; what is longer is cut off
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent }"
COLOURS = 128


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


def take(page: Page, path: str, file: Path, *, dark: bool = False, whole: bool = True) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content=STILL)
    page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", dark)
    width = page.viewport_size["width"]
    if not whole:
        page.screenshot(path=file)
        return
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})


def press_flat(file: Path) -> None:
    """Few colours make a small file, and screens have few."""
    with Image.open(file) as drawn:
        drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
