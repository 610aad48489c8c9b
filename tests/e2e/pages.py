"""What several stories look for on the pages of the back office."""

import re

from playwright.sync_api import Locator, Page


def figure(page: Page, label: str, panel: str = "") -> Locator:
    """The number under a label, in the panel of that title or in any."""
    around = page.locator(".backoffice-panel").filter(has=page.get_by_role("heading", name=panel)) if panel else page
    shown = around.locator("dl > div").filter(has=page.locator("dt", has_text=re.compile(f"^\\s*{label}\\s*$")))
    return shown.locator("dd").first


def press(page: Page, name: str) -> None:
    """A button of the page's own, or a link that looks like one."""
    either = page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True))
    either.first.click()


def choose(page: Page, label: str, text: str) -> None:
    """One of the choices that are found by typing."""
    field = page.get_by_role("searchbox", name=label)
    field.click()
    field.fill(text)
    page.locator(".select2-results__option").filter(has_text=text).first.click()
