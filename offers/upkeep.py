"""What the clock does to offers: nothing, but for partners' sessions and batches that nobody started."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from loyalty_site.jobs.kinds import UPKEEP, Kind, once
from offers import sessions
from offers.bulk import services as bulk

KEPT = timedelta(days=7)  # a batch that was looked at and not started; it may hold a list of customers


def purge_sessions(at: datetime) -> Mapping[str, int]:
    return {"Sessions deleted": sessions.purge(at=at)}


def forget_batches(at: datetime) -> Mapping[str, int]:
    return {"Batches forgotten": bulk.forget_prepared(before=at - KEPT)}


PURGE_SESSIONS = Kind(
    "offers.purge_sessions",
    _("Drop ended sessions"),
    once(purge_sessions),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)
FORGET_BATCHES = Kind(
    "offers.forget_batches",
    _("Forget offers to many that nobody started"),
    once(forget_batches),
    "jobs.see_upkeep",
    queue=UPKEEP,
)
