"""The few pictures that stand in the README and in docs/guide.md: file in docs/images → screen, width, colours.

`python -m tools.screenshots --docs` takes these again.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    screen: str
    width: int = 1440
    dark: bool = False


CHOSEN = {
    "start.png": Picture("start"),
    "start-dark.png": Picture("start", dark=True),
    "campaigns.png": Picture("campaigns-campaign"),
    "campaign.png": Picture("campaigns-campaign-change"),
    "campaign-phone.png": Picture("campaigns-campaign-change", width=390),
    "coupon-batches.png": Picture("campaigns-couponbatch"),
    "customer.png": Picture("customers-customer-change"),
    "customer-phone.png": Picture("customers-customer-change", width=390),
}
