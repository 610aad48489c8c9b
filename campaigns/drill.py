"""The drill's campaigns: each is bounded by one thing alone, so that a run shows which bound gave way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns.services import Draft, create
from customers.drill import LEVEL
from loyalty_site.access.actors import SYSTEM

FIRST = UUID("d2000000-0000-4000-8000-000000000001")
FAR = 1_000_000  # a limit that no run comes near


@dataclass(frozen=True)
class Sample:
    name: str
    codes: int
    cost: int
    limit: int = FAR
    limit_per_customer: int = FAR


CAMPAIGNS = [
    Sample("A pool that sells out", codes=120, cost=10),
    Sample("A limit below the pool", codes=200, cost=7, limit=80),
    Sample("A small limit per customer", codes=400, cost=3, limit_per_customer=3),
    Sample("One that never sells out", codes=20_000, cost=5),
]
BURSTS = [
    Sample("Twenty for everybody", codes=20, cost=1, limit=20),
    Sample("Three a customer", codes=100, cost=1, limit_per_customer=3),
]


def load(say: Callable[[str], None], at: datetime) -> dict[str, Any]:
    """Add them. Returns their ids."""
    ids = [_add(n, sample, at) for n, sample in enumerate([*CAMPAIGNS, *BURSTS])]
    say(f"{len(ids)} campaigns, {sum(sample.codes for sample in [*CAMPAIGNS, *BURSTS])} coupons")
    return {"campaigns": ids[: len(CAMPAIGNS)], "burstCampaigns": ids[len(CAMPAIGNS) :]}


def _add(n: int, sample: Sample, at: datetime) -> str:
    settings = {
        "name": sample.name,
        "active": True,
        "cost_in_points": sample.cost,
        "limit": sample.limit,
        "limit_per_customer": sample.limit_per_customer,
        "all_time_active": True,
        "all_time_visible": True,
    }
    codes = [f"DRILL{n + 1}-{place:05}" for place in range(1, sample.codes + 1)]
    draft = Draft(settings=settings, codes=codes, level_ids=[LEVEL])
    return str(create(draft, campaign_id=UUID(int=FIRST.int + n), actor=SYSTEM, at=at).pk)
