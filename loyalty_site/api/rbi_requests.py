"""What RBI's calls have in common: headers and page. Rule: RBI, "Loyalty API - Getting Started"."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rest_framework.request import Request

from loyalty_site.api.parsing import ObjectParser
from loyalty_site.api.strict import FieldsInvalid, Object, Offence, Values, read
from loyalty_site.regions import is_region, zone_of

LONGEST_TIME = 40  # characters


class RbiCall:
    """Mixed into a view: JSON objects only, and headers that are checked with the fields."""

    parser_classes = (ObjectParser,)

    def asked(self, request: Request, body: Object, *, besides: Sequence[Offence] = ()) -> Values:
        """The values of the body. Raises FieldsInvalid for all that is wrong in it and in the headers."""
        return read(request, body, besides=[*_misnamed_region(request), *besides])

    def check_headers(self, request: Request) -> None:
        """For a call without a body. Raises FieldsInvalid."""
        if offences := _misnamed_region(request):
            raise FieldsInvalid(*offences)


def zone_for(request: Request) -> ZoneInfo:
    """The time that is kept in the region the call is for: `x-region`'s, else the partner's."""
    return zone_of(_region(request) or request.user.partner.region)


def local_time_of(request: Request) -> str:
    """What the customer's clock shows, by `x-user-datetime`, for the audit trail; "" for what is no time."""
    text = request.META.get("HTTP_X_USER_DATETIME", "")
    try:
        return datetime.fromisoformat(text[: LONGEST_TIME + 1]).isoformat()
    except ValueError:  # never used as a clock, so that it is no reason to refuse anything
        return ""


def _misnamed_region(request: Request) -> list[Offence]:
    text = _region(request)
    return [] if text is None or is_region(text) else [Offence("x-region", "must be two letters such as DE")]


def _region(request: Request) -> str | None:
    return request.META.get("HTTP_X_REGION")
