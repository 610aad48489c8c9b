"""A customer calls: found by a code, shown what the balance was, given points that need a second person."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.pages import press
from tests.e2e.rewards import JOHN, administrator, bought, reward, till

ABOVE = 1_200  # marketing may move 1,000 points at once


def balance(seller) -> int:
    return seller.get(f"seller/customer/{JOHN}/status")["points"]


def test_a_customer_is_found_by_a_code_and_the_balance_of_last_month_explained(log_in, server):
    code = f"CALL-{uuid4()}"
    campaign = reward(administrator(server), coupons=[code], limit=1)
    assert bought(till(server), campaign) == code
    page = log_in("support")

    page.get_by_role("searchbox", name="Search everything").fill(code)
    page.get_by_role("searchbox", name="Search everything").press("Enter")
    page.locator(f"a[href*='{JOHN}']").first.click()
    expect(page.get_by_role("heading", name="John Doe").first).to_be_visible()

    month_ago = datetime.now(UTC) - timedelta(days=28)  # a day after John's first points
    page.get_by_label("Balance as of").fill(f"{month_ago:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Show", exact=True).click()
    panel = page.locator("#points")
    expect(panel.get_by_text("As it was on")).to_be_visible()
    expect(panel.get_by_role("rowheader", name="Could be spent")).to_be_visible()
    expect(panel.get_by_role("row", name="Could be spent").get_by_role("cell").first).to_have_text("100")
    panel.get_by_role("link", name="Now", exact=True).click()
    expect(panel.get_by_text("As it is now")).to_be_visible()


def test_points_above_the_ceiling_wait_for_a_second_person(log_in, server):
    seller = till(server)
    before = balance(seller)
    page = log_in("marketing")
    page.goto(f"/admin/points/account/{JOHN}/add_points/")
    page.locator("#id_points").fill(str(ABOVE))
    expect(page.get_by_text("it will wait until a second person approves it")).to_be_visible()
    page.locator("#id_reason").select_option(index=1)
    page.locator("#id_text").fill("The till was down for a day.")
    press(page, "Add points")
    expect(page.get_by_text("Nothing has moved yet")).to_be_visible()
    assert balance(seller) == before

    page.goto("/admin/points/adjustment/")
    page.locator("#result_list tbody").get_by_role("link").first.click()
    assert page.request.get(f"{page.url.removesuffix('change/')}approve/").status in (200, 403)
    waiting = page.url

    second = log_in("admin")
    second.goto(waiting)
    press(second, "Approve")
    press(second, "Approve")
    expect(second.get_by_text(f"{ABOVE} points added")).to_be_visible()
    assert balance(seller) == before + ABOVE
