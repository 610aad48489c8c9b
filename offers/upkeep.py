"""What the clock does to offers: nothing, but for partners' sessions that have ended."""

from collections.abc import Mapping
from datetime import datetime

from loyalty_site.jobs.kinds import UPKEEP, Kind, once
from offers import sessions


def purge_sessions(at: datetime) -> Mapping[str, int]:
    return {"Sessions deleted": sessions.purge(at=at)}


PURGE_SESSIONS = Kind(
    "offers.purge_sessions",
    "Drop ended sessions",
    once(purge_sessions),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)
