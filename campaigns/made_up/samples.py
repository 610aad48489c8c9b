"""What a made-up campaign is described by: what staff would type in, with dates told from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from campaigns.models import Campaign

Reward = Campaign.Reward
FAR = 1_000_000
FOR_GOOD = timedelta(days=10 * 365)


class Pool(Enum):
    """Pools whose size is told by what was sold from them, and the one that makes up the number of coupons."""

    SOLD_OUT = "sold out"
    NEARLY_SOLD_OUT = "nearly sold out"
    THE_REST = "the rest"


MOST_SOLD = {Pool.SOLD_OUT: 48, Pool.NEARLY_SOLD_OUT: 170}
LEFT_OVER = {Pool.SOLD_OUT: 0, Pool.NEARLY_SOLD_OUT: 3}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A campaign. `opens` and `closes` are days from today; no `closes` is always."""

    name: str
    short: str
    cost: int
    codes: int | Pool
    prefix: str  # of its codes
    opens: int
    closes: int | None = None
    reward: Reward = Reward.DISCOUNT_CODE
    worth: Decimal | None = None
    conditions: str = ""
    usage: str = ""
    brand: str = ""
    link: str = ""
    active: bool = True
    limited_to: int | None = None  # sold at most, of a pool that is larger
    per_customer: int = 0  # 0: no limits at all
    low_from: int | None = None  # units left from which on its stock is low
    pauses_at: int | None = None  # units left at which it pauses by itself
    shared: bool = False  # one code for everybody
    levels: Sequence[UUID] = ()
    segments: Sequence[UUID] = ()
    labels: Sequence[tuple[str, str | None]] = ()
    appeal: float = 1.0  # how much customers want it, beside the others
    motif: str = ""  # what its photo shows; empty: it has none
    colours: tuple[str, str] = ("#f6d365", "#fda085")

    def opens_at(self, today: datetime) -> datetime:
        return today + timedelta(days=self.opens)

    def closes_at(self, today: datetime) -> datetime:
        return today + (FOR_GOOD if self.closes is None else timedelta(days=self.closes, hours=23, minutes=59))

    def made_at(self, today: datetime) -> datetime:
        """Staff prepare a campaign ten days before it opens, and drafts for the future last week."""
        return min(self.opens_at(today) - timedelta(days=10), today - timedelta(days=3)) + timedelta(hours=9)

    @property
    def most_sold(self) -> int:
        """So many can be sold at most, as far as it is known before the year."""
        known = self.codes if isinstance(self.codes, int) else MOST_SOLD.get(self.codes, FAR)
        return FAR if self.shared else self.limited_to or known

    def settings(self, today: datetime, limit: int) -> dict[str, Any]:
        """The columns of the campaign; what is sold without limits has none."""
        opens_at, closes_at = self.opens_at(today), self.closes_at(today)
        window = {} if self.closes is None else {"from": opens_at, "to": closes_at}
        return {
            "reward": self.reward,
            "name": self.name,
            "short_description": self.short,
            "conditions_description": self.conditions,
            "usage_instruction": self.usage,
            "brand_description": self.brand,
            "more_information_link": self.link,
            "reward_value": self.worth,
            "active": self.active,
            "cost_in_points": self.cost,
            "unlimited": self.per_customer == 0,
            "single_coupon": self.shared,
            "limit": limit if self.per_customer else None,
            "limit_per_customer": self.per_customer or None,
            "low_stock_units": self.low_from,
            "pause_units": self.pauses_at,
            "all_time_active": self.closes is None,
            "all_time_visible": self.closes is None,
            **{f"{what}_{edge}": at for what in ("active", "visible") for edge, at in window.items()},
        }
