"""From an idea to the first sale: a campaign with a picture and generated codes, published, sold by a till."""

import re
from io import BytesIO
from uuid import uuid4

from PIL import Image
from playwright.sync_api import expect

from tests.e2e.pages import choose, figure, press
from tests.e2e.rewards import administrator, bought, till

CODE = re.compile(r"TEA-[A-Z0-9]{4}-[A-Z0-9]{4}")


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (800, 600), "tan").save(drawn, "PNG")
    return drawn.getvalue()


def test_a_campaign_is_built_published_and_sold(log_in, server):
    staff, seller, name = administrator(server), till(server), f"Tea for two {uuid4()}"
    page = log_in("marketing")
    page.goto("/admin/campaigns/campaign/add/")
    page.locator("#id_name").fill(name)
    page.locator("#id_short_description").fill("Two cups of tea for one.")
    page.locator("#id_usage_instruction").fill("Show the code at the till.")
    page.locator("#id_conditions_description").fill("In all shops.")
    page.locator("#id_picture").set_input_files({"name": "tea.png", "mimeType": "image/png", "buffer": picture()})
    page.locator("#id_photo_alt").fill("Two cups of tea")
    page.locator("#id_cost_in_points").fill("1")
    page.locator("#id_limit").fill("10000")
    page.locator("#id_limit_per_customer").fill("2")
    for level in staff.get("level")["levels"]:
        choose(page, "Levels", level["name"])
    page.locator("#id_all_time_active").check()

    press(page, "Save draft")
    expect(page.get_by_text("is saved. Nobody sees it yet")).to_be_visible()
    (campaign,) = [row["campaignId"] for row in staff.get("campaign", perPage=1000)["campaigns"] if row["name"] == name]
    assert staff.get(f"campaign/{campaign}")["hasPhoto"] is True

    press(page, "Generate coupons")
    page.locator("#id_label").fill("Ten thousand")
    page.locator("#id_pattern").fill("TEA-####-####")
    page.locator("#id_count").fill("10000")
    press(page, "Generate")
    expect(figure(page, "Free", panel="Codes")).to_have_text("10,000", timeout=120_000)
    assert staff.get(f"campaign/{campaign}")["active"] is False

    page.goto(f"/admin/campaigns/campaign/{campaign}/change/")
    expect(figure(page, "On sale")).to_have_text("10,000")
    press(page, "Publish")
    press(page, "Publish")
    page.wait_for_url("**/change/")
    assert staff.get(f"campaign/{campaign}")["active"] is True

    assert CODE.fullmatch(bought(seller, campaign))
    page.reload()
    expect(figure(page, "On sale")).to_have_text("9,999")
    assert staff.get(f"campaign/{campaign}")["usageLeft"] == 9_999
