"""A campaign is built: what customers would see stands beside the form, and only what can be published is sent."""

import base64
import re
from io import BytesIO
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.rewards import administrator

DROP = """(box, data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const dropped = new DataTransfer();
    dropped.items.add(new File([bytes], "tea.png", { type: "image/png" }));
    box.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


def drop_a_picture(page: Page) -> None:
    file = BytesIO()
    Image.new("RGB", (1200, 600), "#7c5c3e").save(file, "PNG")
    page.locator("[data-picture]").evaluate(DROP, base64.b64encode(file.getvalue()).decode())


def choose(page: Page, name: str) -> None:
    """A level, as somebody types it."""
    page.get_by_label("Levels", exact=True).last.fill(name)
    page.locator("#select2-id_levels-results").get_by_text(name, exact=True).click()


def test_a_campaign_is_seen_before_it_is_saved_and_published_once_nothing_is_missing(log_in, server):
    page, name = log_in("marketing"), f"Tea {uuid4()}"
    page.goto("/admin/campaigns/campaign/add/")
    beside, checklist = page.locator(".campaign-preview"), page.locator("[data-live=checklist]")
    expect(checklist).to_contain_text("Name: This field is required.")
    expect(page.locator("#id_photo_alt")).to_be_hidden()
    expect(page.locator("#id_tax")).to_be_hidden()

    page.locator("#id_name").fill(name)
    page.locator("#id_cost_in_points").fill("120")
    page.locator("#id_unlimited").check()
    expect(page.locator("#id_limit")).to_be_hidden()
    page.locator("#id_all_time_active").check()
    expect(page.locator("#id_active_from_0")).to_be_hidden()
    choose(page, "level1")
    drop_a_picture(page)
    page.locator("#id_photo_alt").fill("A pot of tea")
    frame = page.locator("[data-picture] .backoffice-frame")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * 0.75, "y": box["height"] / 2})

    expect(page.locator("#id_focus_x")).to_have_value(re.compile("^7[456]$"))
    expect(beside.get_by_role("heading", name=name)).to_be_visible()
    expect(beside).to_contain_text("120 points")
    expect(beside.get_by_role("img", name="A pot of tea")).to_have_attribute("src", re.compile("^blob:"))
    beside.get_by_text("Another customer, another day").click()
    page.locator("#id_preview-level").select_option(label="level2")
    expect(beside).to_contain_text("Anna on level2 does not see this campaign, because it is aimed only at: level1.")
    expect(beside.get_by_role("heading", name=name)).to_have_count(0)

    page.get_by_role("button", name="Publish").click()
    expect(checklist.get_by_role("link", name="Generate, import or enter codes.")).to_be_focused()
    expect(page).to_have_url(re.compile("/add/$"))
    page.locator("#id_codes").fill("TEA-1\nTEA-2")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_text(f"“{name}” is published.")).to_be_visible()
    expect(page.locator("#id_focus_x")).to_have_value(re.compile("^7[456]$"))
    campaign = page.url.rstrip("/").split("/")[-2]
    told = administrator(server).get(f"campaign/{campaign}")
    assert (told["active"], told["usageLeft"], told["hasPhoto"]) == (True, 2, True)
