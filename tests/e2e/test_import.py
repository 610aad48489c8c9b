"""Codes from a file with faults: what is found in it, what is imported, and how that is undone."""

from playwright.sync_api import expect

from tests.e2e.pages import figure, press
from tests.e2e.rewards import administrator, bought, reward, till

FILE = "\n".join(["code", "NEW-1", "NEW-2", "NEW-1", "TEA-1", "NEW-3", "x" * 300])


def test_a_file_with_faults_is_imported_and_undone(log_in, server):
    staff = administrator(server)
    campaign = reward(staff)
    page = log_in("marketing")
    page.goto(f"/admin/campaigns/campaign/{campaign}/change/")

    press(page, "Import coupons")
    page.locator("#id_label").fill("Printer's delivery")
    page.locator("#id_file").set_input_files({"name": "codes.csv", "mimeType": "text/csv", "buffer": FILE.encode()})
    press(page, "Check")

    expect(figure(page, "New")).to_have_text("3")
    expect(figure(page, "Twice in the file")).to_have_text("1")
    expect(figure(page, "In the campaign already")).to_have_text("1")
    expect(figure(page, "Not readable")).to_have_text("1")
    assert staff.get(f"campaign/{campaign}")["coupons"] == ["TEA-1"]  # nothing yet

    press(page, "Import what is new")
    press(page, "Import")
    expect(figure(page, "Free", panel="Codes")).to_have_text("3")
    assert staff.get(f"campaign/{campaign}")["coupons"] == ["TEA-1", "NEW-1", "NEW-2", "NEW-3"]

    seller = till(server)
    assert [bought(seller, campaign), bought(seller, campaign)] == ["TEA-1", "NEW-1"]
    page.reload()
    expect(figure(page, "Sold", panel="Codes")).to_have_text("1")

    press(page, "Undo")
    press(page, "Undo")
    expect(figure(page, "Taken out again", panel="Codes")).to_have_text("2")
    expect(figure(page, "Sold", panel="Codes")).to_have_text("1")
    assert staff.get(f"campaign/{campaign}")["coupons"] == ["TEA-1", "NEW-1"]
