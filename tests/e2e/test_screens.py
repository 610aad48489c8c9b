"""Every screen, as a machine that knows the rules of accessibility sees it, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tools.screens import Screen, screens

GRAVE = {"serious", "critical"}
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"
ALIKE = (
    "document.querySelectorAll('table > tbody:nth-of-type(n+8), tbody > tr:nth-child(n+8)').forEach(e => e.remove())"
)


def violations(page: Page, *rules: str) -> list[str]:
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [said(rule) for rule in found if rule["impact"] in GRAVE]


def said(rule: dict) -> str:
    """The rule, how often, and the first that breaks it."""
    node = rule["nodes"][0]
    checks = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{rule['id']}, {len(rule['nodes'])} times: {' '.join(map(str, node['target']))} {node['html']}: {checks}"


def told(page: Page, screen: Screen) -> list[str]:
    """What is grave on this screen, in light and then in dark."""
    page.goto(screen.path)
    page.add_style_tag(content=STILL)
    page.evaluate(ALIKE)  # the rows of a list
    light = [f"{screen.name} [light] {line}" for line in violations(page)]
    page.evaluate("document.documentElement.classList.add('dark')")
    return light + [f"{screen.name} [dark] {line}" for line in violations(page, "color-contrast")]


@pytest.fixture
def found(log_in) -> tuple[Page, list[Screen]]:
    page = log_in("admin", viewport={"width": 1440, "height": 900})

    def fetch(path: str) -> str | None:
        answer = page.request.get(path)
        is_page = answer.ok and "text/html" in answer.headers["content-type"]
        return answer.text() if is_page else None

    return page, list(screens(fetch))


def test_no_screen_has_a_grave_fault_of_accessibility(found):
    page, shown = found
    assert len(shown) > 60

    assert [line for screen in shown for line in told(page, screen)] == []
