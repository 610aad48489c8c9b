"""A customer's promotions, in the words of Capillary, "Get promotion data of a specific customer"."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.api.capillary import SAYS, customer_asked_for
from loyalty_site.api.capillary import Capillary
from loyalty_site.api.parameters import plain_query_of
from promotions.models import Participation, Promotion
from promotions.states import State, state_of

MOST_ON_A_PAGE = 100
WHOLE = re.compile("[0-9]{1,18}")
NO_POINTS = "0"  # of limits: as many as there are; of what was given: none


class PromotionDataView(APIView):
    """`GET /v2/customers/lookup/promotionData`: the promotions that the customer was enrolled in, the latest first.

    One that every enrolment was taken back of is none of them.
    """

    dialect = Capillary(says=SAYS)

    def get(self, request: Request) -> Response:
        query = plain_query_of(request)
        customer = customer_asked_for(request)
        limit, offset = _whole(query, "limit", MOST_ON_A_PAGE), _whole(query, "offset", 0)
        if limit > MOST_ON_A_PAGE:
            raise ParseError(f"limit is at most {MOST_ON_A_PAGE}")
        counted = Participation.objects.in_force_of(customer["pk"])
        page = counted.select_related("promotion")[offset : offset + limit]
        at = timezone.now()
        return Response(
            {
                "pageDetails": _page_details(counted.count(), limit, offset),
                "customerId": customer["number"],
                "promotions": [_object(one, at) for one in page],
                "warnings": [],
            }
        )


def _whole(query: Mapping[str, str], name: str, usual: int) -> int:
    """Raises ParseError."""
    text = query.get(name, "") or str(usual)
    if not WHOLE.fullmatch(text):
        raise ParseError(f"{name} is no whole number")
    return int(text)


def _page_details(total: int, limit: int, offset: int) -> dict[str, int]:
    """Pages are counted from 0."""
    return {
        "pageNumber": offset // limit if limit else 0,
        "pageSize": limit,
        "totalEntries": total,
        "pageCount": -(-total // limit) if limit else 0,
    }


def _object(one: Participation, at: datetime) -> dict[str, Any]:
    promotion = one.promotion
    return {
        "promotionId": promotion.pk,
        "promotionName": promotion.name,
        "programId": promotion.program_id,
        "startDate": _written(promotion.starts_at),
        "endDate": promotion.ends_at and _written(promotion.ends_at),
        "identifier": str(promotion.pk),
        "description": promotion.description,
        "active": state_of(promotion, at) == State.OPEN,
        "eventName": "TransactionAdd",
        "pointsOfferType": promotion.kind,
        **_usage(promotion, one.in_force),
    }


def _usage(promotion: Promotion, enrolments: int) -> dict[str, Any]:
    """What the customer may and did, in the two forms in which the document has it."""
    issuals = {
        "kpi": "NUMBER_OF_ISSUALS",
        "maxLimit": str(promotion.enrolment_limit),
        "currentCustomerUsage": str(enrolments),
        "limitOn": "CUSTOMER",
        "type": "NON_PERIOD_BASED",
    }
    return {
        "limits": {
            "maxPointsPerEvent": NO_POINTS,
            "pointsPerCustomer": NO_POINTS,
            "numberOFTimesPerCustomer": promotion.enrolment_limit,
            "totalPointsInPromotion": NO_POINTS,
        },
        "customerUsage": {
            "currentPointsPerCustomer": NO_POINTS,
            "currentNumberOfTimesPerCustomer": enrolments,
            "currentTotalPointsInPromotion": NO_POINTS,
        },
        "promotionRestriction": {
            "issualRestrictions": [issuals],
            "earnRestrictions": [],
            "redemptionRestrictions": [],
        },
    }


def _written(at: datetime) -> str:
    """`2024-10-31T18:30:00.000Z`"""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
