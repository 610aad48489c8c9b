"""Calls that wait for a worker or were refused by one, as their trace tells. Rule: RBI, "Error Responses"."""

from typing import Any
from uuid import UUID

from customers.models import Customer
from loyalty_site.access.actors import Principal
from loyalty_site.api.milliseconds import written
from loyalty_site.api.rbi import Rbi
from loyalty_site.cold.models import ColdCall
from offers.api.rbi import CreateOfferView
from points.api.rbi import PointsView

REFUSALS = Rbi({**PointsView.dialect.says, **CreateOfferView.dialect.says})


def call_traced(trace_id: UUID, caller: Principal) -> dict[str, Any] | None:
    """Of the partner's own calls, about a customer in the caller's sight."""
    call = ColdCall.objects.filter(pk=trace_id, partner=caller.partner.id).first()
    if call is None or not Customer.objects.in_store_scope(caller.store_id).filter(pk=call.customer_id).exists():
        return None
    asked = call.arguments.get("terms", call.arguments)
    told = {
        "status": "QUEUED" if call.state == ColdCall.State.WAITING else "FAILED",
        "action": call.action,
        "userId": str(call.customer_id),
        "source": asked["source"],
        "reference": asked["reference"],
        "createdAt": written(call.created_at),
    }
    return told if call.state == ColdCall.State.WAITING else told | {"error": _error(call)}


def _error(call: ColdCall) -> Any:
    """The body that a hot call would have been refused with."""
    for kind in REFUSALS.says:
        if kind.__name__ == call.refusal:
            return REFUSALS.refusal(kind(**call.facts)).body
    return REFUSALS.failed(500)
