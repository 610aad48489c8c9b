"""Each of the shipped roles sees its own menu, and no address leads beyond it."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.walk.table import AUDITOR, MARKETING, MAY, SUPPORT, words

LIST = re.compile(r"/admin/\w+/\w+/")
IN_THE_MENU = {label for _, items in settings.BACKOFFICE_MENU for label, *_ in items}


def list_of(model: str) -> str:
    return f"/admin/{model.replace('.', '/')}/"


def menu(page: Page) -> set[str]:
    links = page.locator("#nav-sidebar-apps a")
    return {
        path
        for path in links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        if LIST.fullmatch(path)
    }


@pytest.mark.parametrize("role", [MARKETING, SUPPORT, AUDITOR])
def test_a_role_sees_its_menu_and_reaches_nothing_beyond_it(role, log_in):
    page = log_in(role)
    seen = {model for model in MAY if "view" in words(model, role)}

    assert menu(page) == {list_of(model) for model in seen & IN_THE_MENU}
    answers = {model: page.request.get(list_of(model)).status for model in MAY}
    assert answers == {model: 200 if model in seen else 403 for model in MAY}
    added = {model: page.request.get(f"{list_of(model)}add/").status for model in MAY}
    assert added == {model: 200 if "add" in words(model, role) else 403 for model in MAY}
