"""What the clock does to points."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from loyalty_site.jobs.kinds import UPKEEP, Kind, once
from points import ceilings, services
from points.adjustments import ceilings as staff_ceilings
from points.adjustments import deciding
from points.days import day_of


def expire(at: datetime) -> Mapping[str, int]:
    return {"Points expired": services.expire(at=at)}


def purge_partner_days(at: datetime) -> Mapping[str, int]:
    """Forget how many points partners added on days gone by; the ledger keeps every movement."""
    return {"Counts deleted": ceilings.purge(before=day_of(at))}


def lapse_adjustments(at: datetime) -> Mapping[str, int]:
    """Close requests that nobody has approved in time, and forget how many points staff moved on days gone by."""
    return {
        "Requests closed": deciding.lapse(at=at),
        "Counts deleted": staff_ceilings.purge(before=day_of(at)),
    }


EXPIRE = Kind("points.expire", _("Expire points"), once(expire), "jobs.see_upkeep", queue=UPKEEP, alone=True)
PURGE_PARTNER_DAYS = Kind(
    "points.purge_partner_days",
    _("Forget partners' counts of past days"),
    once(purge_partner_days),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)
LAPSE_ADJUSTMENTS = Kind(
    "points.lapse_adjustments",
    _("Close adjustments that waited too long"),
    once(lapse_adjustments),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)
