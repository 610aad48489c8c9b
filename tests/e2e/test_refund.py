"""A reward that a customer did not want: it is found by its code, and its points go back."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.pages import press
from tests.e2e.rewards import JOHN, administrator, bought, reward, till


def test_a_reward_is_refunded(log_in, server):
    staff, seller, code = administrator(server), till(server), f"WRONG-{uuid4()}"
    campaign = reward(staff, coupons=[code], costInPoints=3, limit=1)
    before = seller.get(f"seller/customer/{JOHN}/status")["points"]
    assert bought(seller, campaign) == code
    assert seller.get(f"seller/customer/{JOHN}/status")["points"] == before - 3
    page = log_in("marketing")

    page.goto(f"/admin/campaigns/purchase/?q={code}")
    page.locator("#result_list tbody").get_by_role("link").first.click()
    press(page, "Refund")
    page.locator("#id_reason").fill("The wrong one was taken.")
    press(page, "Refund")

    expect(page.get_by_text("3 points went back")).to_be_visible()
    assert seller.get(f"seller/customer/{JOHN}/status")["points"] == before
    assert staff.get(f"campaign/{campaign}")["usageLeft"] == 0  # the code is not sold again
