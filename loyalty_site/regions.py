"""Regions that partners call for, and the time that is kept there."""

import re
from zoneinfo import ZoneInfo

from django.conf import settings

REGION = re.compile("[A-Za-z]{2}")


def is_region(text: str) -> bool:
    """Two letters, in either case. Rule: RBI, "Loyalty API - Getting Started", `x-region`."""
    return REGION.fullmatch(text) is not None


def zone_of(region: str) -> ZoneInfo:
    """The region's time zone by LOYALTY_REGION_ZONES; of any other, and of none, the programme's."""
    return ZoneInfo(settings.REGION_ZONES.get(region.upper(), settings.LOYALTY_TIME_ZONE))
