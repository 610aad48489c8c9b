"""A served demo and a browser for all stories, a context for each of them."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.watching import Watch
from tools.chromium import NoBrowser, launched
from tools.demo.passing import passing_demo

HERE = Path(__file__).parent
LogIn = Callable[..., Page]
expect.set_options(timeout=20_000)  # the machine may be busy with something else


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with launched() as browser:
            yield browser
    except NoBrowser as reason:
        if os.environ.get("LOYALTY_E2E_REQUIRED"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def server(browser: Browser) -> Iterator[str]:
    """Of a demo with its worker: the one that LOYALTY_E2E_URL names, else one that is thrown away.

    It is asked for after the browser, which may be missing.
    """
    if served := os.environ.get("LOYALTY_E2E_URL"):
        yield served
        return
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DJANGO_SETTINGS_MODULE", "LOYALTY_LOCK_TIMEOUT_MS", "LOYALTY_TEST_DIRECTORY"):
            patch.delenv(name, raising=False)  # the tests' own
        with passing_demo() as server:
            yield server


@pytest.fixture
def log_in(browser: Browser, server: str) -> Iterator[LogIn]:
    """Opens the start page as somebody of the demo's staff; nothing may go wrong until the test ends."""
    opened: list[tuple[Watch, Page]] = []

    def as_somebody(username: str, **options: object) -> Page:
        context = browser.new_context(base_url=server, locale="en-GB", **options)
        context.set_default_timeout(20_000)
        watch, page = Watch(context, server), context.new_page()
        opened.append((watch, page))
        page.goto("/admin/")
        page.locator("#id_username").fill(username)
        page.locator("#id_password").fill("open")
        page.get_by_role("button", name="Log in").click()
        expect(page).to_have_title(re.compile("^Start"))
        return page

    yield as_somebody
    seen = [line for watch, _ in opened for line in watch.seen]
    for _, page in opened:
        page.context.close()
    assert seen == []
