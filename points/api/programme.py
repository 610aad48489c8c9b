"""What shops and front ends ask about the programme itself. Rule: Open Loyalty, "Settings API"."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers.models import Customer
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from loyalty_site.api.parameters import parameters_of

Status = Customer.Status


class ProgrammeViewSet(ViewSet):
    """The keys that hold here; the peer's others are about what the programme does not have."""

    dialect = OPEN_LOYALTY

    def show(self, request: Request) -> Response:
        """`GET /api/settings`"""
        parameters_of(request)  # none is needed, but what cannot be read is refused
        return Response({"settings": programme()})

    def earning_rules(self, request: Request) -> Response:
        """`GET /api/earningRule`: points are added by staff, tills and partners, and by no rule."""
        parameters_of(request)
        return Response({"earningRules": [], "total": 0})


def programme() -> dict[str, Any]:
    """The settings under their names in Open Loyalty."""
    return {
        "programName": settings.PROGRAM_NAME,
        "programPointsSingular": settings.POINT_SINGULAR,
        "programPointsPlural": settings.POINT_PLURAL,
        "currency": settings.CURRENCY,
        "timezone": settings.LOYALTY_TIME_ZONE,
        "allTimeActive": False,  # points expire
        "pointsDaysActive": settings.POINTS_VALID_DAYS,
        "tierAssignType": "transactions",
        "customerStatusesEarning": [status.value for status in Status if status != Status.ERASED],
        "customerStatusesSpending": [Status.ACTIVE.value],
        "excludedDeliverySKUs": [],
        "excludedLevelSKUs": [],
        "excludedLevelCategories": [],
    }
