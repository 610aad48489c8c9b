"""Which dialect is spoken below which path, for what never reaches a view."""

from loyalty_site.api.capillary import CAPILLARY
from loyalty_site.api.dialects import Dialect
from loyalty_site.api.exchange_solutions import EXCHANGE_SOLUTIONS
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from loyalty_site.api.rbi import RBI

DIALECTS: dict[str, Dialect] = {
    "loyalty": RBI,
    "bulk-action": RBI,
    "transactions": RBI,
    "v2": CAPILLARY,
    "v3": CAPILLARY,
    "client": EXCHANGE_SOLUTIONS,
}


def dialect_at(path: str) -> Dialect:
    """By the first part of the path; Open Loyalty's everywhere else."""
    return DIALECTS.get(path.lstrip("/").partition("/")[0], OPEN_LOYALTY)
