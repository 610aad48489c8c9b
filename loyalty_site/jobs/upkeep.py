"""The jobs' own upkeep."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from loyalty_site.jobs.kinds import UPKEEP, Kind, once
from loyalty_site.jobs.services import purge

KEPT = timedelta(days=30)


def forget(at: datetime) -> Mapping[str, int]:
    return {"Jobs forgotten": purge(before=at - KEPT)}


FORGET = Kind("jobs.forget", _("Forget old jobs"), once(forget), "jobs.see_upkeep", queue=UPKEEP, alone=True)
