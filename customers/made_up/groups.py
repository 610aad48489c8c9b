"""The levels and segments that made-up customers are in: others than those of the documented requests.

So who can see the documents' campaigns, and what the documents' customers can buy, stays as it is documented. The
levels begin above the documents' highest one, so that nobody's next level is another than documented.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from customers.models import Customer, Level, Segment

BRONZE, SILVER, GOLD, PLATINUM = (UUID(f"1e7e1000-0000-4000-8000-00000000000{n}") for n in range(1, 5))
LEVELS: dict[UUID, dict[str, Any]] = {
    BRONZE: {
        "name": "Bronze",
        "description": "Where everybody begins.",
        "from_amount": 1_000,
        "reward_name": "Two percent back",
        "reward_value": Decimal("0.02"),
        "reward_code": "BRONZE",
    },
    SILVER: {
        "name": "Silver",
        "description": "For those who come often.",
        "from_amount": 2_000,
        "reward_name": "Three percent back",
        "reward_value": Decimal("0.03"),
        "reward_code": "SILVER",
    },
    GOLD: {
        "name": "Gold",
        "description": "For our best customers: also their own tastings and earlier sales.",
        "from_amount": 4_000,
        "reward_name": "Five percent back",
        "reward_value": Decimal("0.05"),
        "reward_code": "GOLD",
    },
    PLATINUM: {
        "name": "Platinum",
        "description": "By invitation.",
        "from_amount": 8_000,
        "reward_name": "Eight percent back",
        "reward_value": Decimal("0.08"),
        "reward_code": "PLATINUM",
    },
}
READERS, STUDENTS, REGULARS, QUIET, NEWCOMERS = (UUID(f"5e900000-0000-4000-8000-00000000000{n}") for n in range(1, 6))
SEGMENTS = {
    READERS: ("Newsletter readers", "Agreed to marketing; they hear of new campaigns first."),
    STUDENTS: ("Students", "Younger than 26."),
    REGULARS: ("Regulars", "Bought at least four times in the last 30 days."),
    QUIET: ("Not seen for 60 days", "Worth a reminder: bought before, but not in the last 60 days."),
    NEWCOMERS: ("Newcomers", "Joined in the last 90 days."),
}


def add_groups() -> None:
    Level.objects.bulk_create(Level(pk=pk, **fields) for pk, fields in LEVELS.items())
    Segment.objects.bulk_create(
        Segment(pk=pk, name=name, description=description, active=True) for pk, (name, description) in SEGMENTS.items()
    )


def level_for(spent: Decimal) -> UUID:
    """The level that somebody who has spent so much has reached, the first one otherwise."""
    reached = [pk for pk, fields in LEVELS.items() if spent >= fields["from_amount"]]
    return reached[-1] if reached else BRONZE


def segments_of(customer: Customer, bought_at: list[datetime], at: datetime) -> list[UUID]:
    """The segments that a customer who bought at these moments is in."""
    lately = [moment for moment in bought_at if moment > at - timedelta(days=30)]
    belongs = {
        READERS: customer.agreement2,
        STUDENTS: customer.birth_date > at - timedelta(days=26 * 365),
        REGULARS: len(lately) >= 4,
        QUIET: bool(bought_at) and bought_at[-1] < at - timedelta(days=60),
        NEWCOMERS: customer.created_at > at - timedelta(days=90),
    }
    return [segment for segment, is_in in belongs.items() if is_in]
