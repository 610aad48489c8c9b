"""What log-ins and keys leave behind is dropped by the clock."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from loyalty_site.access import grants, idempotency
from loyalty_site.access.models import AttemptCounter, RefreshToken
from loyalty_site.access.session_models import StaffSession
from loyalty_site.jobs.kinds import UPKEEP, Kind, once


def purge_keys(at: datetime) -> Mapping[str, int]:
    """Forget the answers that are kept long enough."""
    return {"Idempotency keys deleted": idempotency.purge(before=at - idempotency.KEPT)}


def purge_log_ins(at: datetime) -> Mapping[str, int]:
    """Delete expired refresh and access tokens, expired sessions of staff, and counters whose window is over."""
    return {
        "Refresh tokens deleted": RefreshToken.objects.filter(expires_at__lte=at).delete()[0],
        "Access tokens deleted": grants.purge(at=at),
        "Sessions deleted": StaffSession.objects.filter(expire_date__lte=at).delete()[0],
        "Counters deleted": AttemptCounter.objects.filter(window_ends_at__lte=at).delete()[0],
    }


PURGE_KEYS = Kind(
    "access.purge_keys", _("Forget old idempotency keys"), once(purge_keys), "jobs.see_upkeep", queue=UPKEEP, alone=True
)
PURGE_LOG_INS = Kind(
    "access.purge_log_ins", _("Drop expired log-ins"), once(purge_log_ins), "jobs.see_upkeep", queue=UPKEEP, alone=True
)
