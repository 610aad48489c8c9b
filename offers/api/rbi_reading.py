"""What RBI's partners read of the offers that they gave, and of what their calls did."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.api.rbi import USER_NOT_FOUND, user_in_path
from loyalty_site.access.actors import Principal
from loyalty_site.access.store_scope import in_scope_of
from loyalty_site.api.dialects import Saying
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.milliseconds import written
from loyalty_site.api.paging import page_of
from loyalty_site.api.rbi import Rbi
from loyalty_site.api.rbi_requests import RbiCall
from offers.api.rbi_cold import call_traced
from offers.errors import TraceNotFound
from offers.models import CustomerOffer
from points.models import Transfer


class GivenOffersView(RbiCall, APIView):
    """`GET /loyalty/user/<loyaltyUserId>/offers?page&perPage`: those that the partner gave, the latest first."""

    dialect = Rbi(USER_NOT_FOUND)

    def get(self, request: Request, user: str) -> Response:
        self.check_headers(request)
        customer, partner = user_in_path(user, request.user), request.user.partner
        own = CustomerOffer.objects.filter(customer=customer.pk, partner=partner.id)
        page, total = page_of(own, request, sorts={}, default="-given_at")
        return Response({"offers": [offer_object(given) for given in page], "total": total})


class TraceView(RbiCall, APIView):
    """`GET /bulk-action/<traceId>`: what a call of the partner's own did, and whether a cold one is done already."""

    dialect = Rbi({TraceNotFound: Saying(404, "TraceNotFoundError", "Trace not found")})

    def get(self, request: Request, trace: str) -> Response:
        self.check_headers(request)
        trace_id, caller = uuid_in(trace), request.user
        found = trace_id and _traced(trace_id, caller)
        if not found:
            raise TraceNotFound(id=trace)
        return Response({"traceId": str(trace_id), **found})


def offer_object(given: CustomerOffer) -> dict[str, Any]:
    return {
        "traceId": str(given.trace_id),
        "offerCode": given.code,
        "reference": given.reference,
        "configId": str(given.offer_id),
        "acceptanceState": given.state,
        "version": given.version,
        "effectiveDate": written(given.effective_from),
        "expiryDate": given.expires_at and written(given.expires_at),
    }


def _traced(trace_id: UUID, caller: Principal) -> dict[str, Any] | None:
    """What waits is looked for first: it may be done between the two looks, not the other way round."""
    waiting = call_traced(trace_id, caller)
    if waiting:
        return waiting
    done = _offer_traced(trace_id, caller) or _points_traced(trace_id, caller)
    return done and {"status": "COMPLETED", **done}


def _offer_traced(trace_id: UUID, caller: Principal) -> dict[str, Any] | None:
    in_sight = in_scope_of(caller.store_id, "customer__store")
    given = CustomerOffer.objects.filter(in_sight, trace_id=trace_id, partner=caller.partner.id).first()
    if given is None:
        return None
    return {
        "action": "create-offer",
        "userId": str(given.customer_id),
        "source": given.source,
        "reference": given.reference,
        "createdAt": written(given.given_at),
        "offer": offer_object(given),
    }


def _points_traced(trace_id: UUID, caller: Principal) -> dict[str, Any] | None:
    in_sight = in_scope_of(caller.store_id, "account__customer__store")
    movement = Transfer.objects.filter(in_sight, pk=trace_id, channel=Transfer.Channel.PARTNER).first()
    if movement is None or not caller.partner.has_signed(movement.partner):
        return None
    return {
        "action": "assign-points",
        "userId": str(movement.account_id),
        "source": movement.comment,
        "reference": movement.reference,
        "createdAt": written(movement.created_at),
        "pointsEarned": movement.points,
    }
