"""What lists of Exchange Solutions are asked with. Rules: Exchange Solutions, "All Offers" and "Load All Offers"."""

import re
from datetime import datetime, timedelta

from django.conf import settings
from rest_framework.request import Request

from loyalty_site.api.milliseconds import moment_of
from loyalty_site.errors import DomainError

MOST_RESULTS = 100
NUMBER = re.compile("[0-9]{1,16}")


class UnreadableParameter(DomainError):
    """A parameter of the query that is no number, or beyond the calendar. `name` is the parameter's."""


class UnknownBusinessUnit(DomainError):
    """The query names a business unit that LOYALTY_BUSINESS_UNITS does not."""


def max_results(request: Request) -> int:
    """Of `maxResults`; 100 where it is missing, junk, or larger."""
    text = request.query_params.get("maxResults", "")
    number = int(text) if NUMBER.fullmatch(text) else 0
    return min(number, MOST_RESULTS) if number else MOST_RESULTS


def window(request: Request, at: datetime) -> tuple[datetime | None, datetime | None]:
    """From `from`, in milliseconds since 1970, to `until` days later. `until` alone counts from now.

    Raises UnreadableParameter.
    """
    start, days = _number(request, "from"), _number(request, "until")
    try:
        first = None if start is None else moment_of(start)
        last = None if days is None else (first or at) + timedelta(days=days)
    except OverflowError as beyond:
        raise UnreadableParameter(name="from") from beyond
    return first, last


def check_business_units(request: Request) -> None:
    """Raises UnknownBusinessUnit."""
    if not set(request.query_params.getlist("businessUnit")) <= set(settings.BUSINESS_UNITS):
        raise UnknownBusinessUnit


def _number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    if not NUMBER.fullmatch(text):
        raise UnreadableParameter(name=name)
    return int(text)
