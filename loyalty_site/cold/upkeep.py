"""Refused calls are told to whoever asks for their trace, and forgotten in time."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from loyalty_site.cold.services import forget_refused
from loyalty_site.jobs.kinds import UPKEEP, Kind, once

KEPT = timedelta(days=30)


def _forget(at: datetime) -> Mapping[str, int]:
    return {"Calls forgotten": forget_refused(before=at - KEPT)}


FORGET = Kind("cold.forget", _("Forget refused calls of partners"), once(_forget), "jobs.see_upkeep", queue=UPKEEP)
