"""A customer asks why: support finds the page, the balance of a day that has passed, and a sentence to pass on."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.rewards import JOHN, administrator, reward

CUSTOMER = f"/admin/customers/customer/{JOHN}/change/"
MAY = ["clipboard-read", "clipboard-write"]


def test_why_a_reward_cannot_be_bought_is_copied(log_in, server):
    name = f"Yacht {uuid4()}"
    reward(administrator(server), name=name, costInPoints=1_000_000)
    page = log_in("support", permissions=MAY)

    page.goto(CUSTOMER)
    asked = page.locator("#why-not")
    asked.locator(".select2-selection").click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name).click()
    asked.get_by_role("button", name="Explain").click()

    sentence = asked.locator("#why-not-sentence")
    expect(sentence).to_contain_text(f"cannot buy “{name}”: it costs 1000000 points and")
    asked.get_by_role("button", name="Copy").click()
    expect(asked.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == sentence.inner_text()


def test_the_balance_of_a_day_that_has_passed_is_explained(log_in):
    page = log_in("support")

    page.goto(CUSTOMER)
    page.get_by_label("Balance as of").fill("2020-01-01T12:00")
    page.locator("#points").get_by_role("button", name="Show").click()

    expect(page.locator("#points caption")).to_have_text("As it was on 1 Jan 2020, 12:00")
    expect(page.get_by_role("row", name="Could be spent")).to_have_text(re.compile(r"^\s*Could be spent\s+0\s*$"))
    page.locator("#points").get_by_role("link", name="Now", exact=True).click()
    expect(page.locator("#points caption")).to_have_text("As it is now")
