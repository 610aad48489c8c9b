"""The few pictures that stand in the README and in docs/guide.md: file in docs/images → what it shows.

`python -m tools.screenshots --docs` takes these again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

from tools.screenshots import ways


@dataclass(frozen=True)
class Picture:
    path: str
    ways: Sequence[Callable[[Page], None]] = ()  # what is pressed and filled in from there
    width: int = 1440
    height: int = 900


CAMPAIGNS, CUSTOMERS = "/admin/campaigns/campaign/", "/admin/customers/customer/"
MUG = (f"{CAMPAIGNS}?q=The+blue+mug", ways.to("The blue mug"))
JANE = (f"{CUSTOMERS}?q=Jane", ways.to("Jane Doe"))

CHOSEN = {
    "start.png": Picture("/admin/"),
    "campaign.png": Picture(MUG[0], [MUG[1]], height=760),
    "campaign-form.png": Picture(MUG[0], [MUG[1], ways.down_to("#id_name")], height=960),
    "import.png": Picture(MUG[0], [MUG[1], ways.codes_checked], height=900),
    "calendar.png": Picture(f"{CAMPAIGNS}calendar/", [ways.to("Next month →")], height=860),
    "customer.png": Picture(JANE[0], [JANE[1]], height=1000),
    "customer-phone.png": Picture(JANE[0], [JANE[1]], width=390, height=844),
    "why-not.png": Picture(JANE[0], [JANE[1], ways.asked_why_not("Barista for an evening")], height=620),
    "adjustment.png": Picture(JANE[0], [JANE[1], ways.much_added], height=760),
    "bulk.png": Picture(CAMPAIGNS, [ways.about_to_publish_all], height=620),
}
