"""The demo's campaigns: the three of the documented requests, with windows that are open today where they must be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.models import Campaign
from campaigns.services import Draft, create
from customers.demo import ANNIVERSARY, LEVEL_0, LEVEL_1, LEVEL_2
from loyalty_site.access.actors import SYSTEM

TESTS = UUID("000096cf-32a3-43bd-9034-4df343e5fd93")
FOR_TEST = UUID("000096cf-32a3-43bd-9034-4df343e5fd92")
DISCOUNT = UUID("3062c881-93f3-496b-9669-4238c0a62be8")

WARSAW = ZoneInfo("Europe/Warsaw")


def _window(first: tuple[int, ...], last: tuple[int, ...], name: str) -> dict[str, Any]:
    return {f"{name}_from": datetime(*first, tzinfo=WARSAW), f"{name}_to": datetime(*last, tzinfo=WARSAW)}


OPEN = _window((2016, 1, 1), (2037, 1, 1), "active") | _window((2016, 1, 1), (2037, 1, 1), "visible")
SAMPLE = {"reward": Campaign.Reward.DISCOUNT_CODE, "active": True, "limit": 10}

LONG_AGO = timedelta(days=2 * 365)

DRAFTS: dict[UUID, Draft] = {
    TESTS: Draft(
        settings=SAMPLE | OPEN | {"name": "tests", "cost_in_points": 10, "limit_per_customer": 2},
        level_ids=[LEVEL_0, LEVEL_1, LEVEL_2],
        labels=[("type", "promotion")],
        codes=["123"],
    ),
    FOR_TEST: Draft(
        settings=SAMPLE | OPEN | {"name": "for test", "cost_in_points": 10, "limit_per_customer": 2},
        level_ids=[LEVEL_2],
        segment_ids=[ANNIVERSARY],
        codes=["123"],
    ),
    DISCOUNT: Draft(
        settings=SAMPLE
        | _window((2017, 9, 5, 10, 59), (2017, 12, 5, 10, 59), "active")
        | _window((2017, 10, 5, 10, 59), (2018, 10, 5, 10, 59), "visible")
        | {
            "name": "Discount Code Campaign",
            "short_description": "A short description of discount code campaign",
            "conditions_description": "Discount code for registration",
            "usage_instruction": "Use discount code as you like",
            "cost_in_points": 100,
            "limit_per_customer": 1,
        },
        level_ids=[LEVEL_1, LEVEL_2],
        labels=[("type", "promotion"), ("type", "cashback")],
        codes=["testCoupon", "DiscountCoupon"],
    ),
}


def load(say: Callable[[str], None], at: datetime) -> None:
    """Add the demo's campaigns, unless they are there."""
    if Campaign.objects.filter(pk=TESTS).exists():
        say("campaigns are there already")
        return
    for order, (campaign_id, draft) in enumerate(DRAFTS.items()):
        made_at = at - LONG_AGO + timedelta(days=order)  # lists begin with them, as documented
        create(draft, campaign_id=campaign_id, actor=SYSTEM, at=made_at)
    say(f"{len(DRAFTS)} campaigns")
