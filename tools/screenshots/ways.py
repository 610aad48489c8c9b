"""Ways from a page to what a picture shows, as somebody of the staff goes them. None changes what is on sale."""

from collections.abc import Callable

from playwright.sync_api import Page

Way = Callable[[Page], None]
CODES = "\n".join(["code", *(f"MUG-{n:04}" for n in range(1, 13)), "MUG-0003", "x" * 300])


def to(name: str) -> Way:
    return lambda page: follow(page, name)


def down_to(place: str) -> Way:
    """So that the place stands below what sticks to the top."""
    return lambda page: page.locator(place).evaluate(
        "place => window.scrollTo(0, place.getBoundingClientRect().top + window.scrollY - 120)"
    )


def codes_checked(page: Page) -> None:
    follow(page, "Import coupons")
    page.locator("#id_label").fill("Printer's delivery")
    page.locator("#id_text").fill(CODES)
    press(page, "Check")
    page.get_by_role("link", name="Import what is new").wait_for()  # the page loads itself anew until the job is done


def asked_why_not(campaign: str) -> Way:
    def ask(page: Page) -> None:
        asked = page.locator("#why-not")
        asked.locator(".select2-selection").click()
        page.keyboard.type(campaign)
        page.get_by_role("option", name=campaign, exact=True).click()
        asked.get_by_role("button", name="Explain").click()
        page.locator("#why-not-sentence").wait_for()
        down_to("#why-not")(page)

    return ask


def much_added(page: Page) -> None:
    follow(page, "Add points")
    page.locator("#id_points").fill("12000")
    page.locator("#id_reason").select_option(index=1)
    page.locator("#id_text").fill("The machine broke down on the day of the tasting.")


def about_to_publish_all(page: Page) -> None:
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label="Publish")
    page.get_by_role("button", name="Run").click()
    page.wait_for_load_state("networkidle")


def follow(page: Page, name: str) -> None:
    page.locator("#main").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")
