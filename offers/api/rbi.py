"""Giving a customer an offer, as RBI's partners do it. Rule: RBI, "Assign Offer"."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.api.rbi import USER, USER_NOT_FOUND, unnamed_user, user_id_of
from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.rbi import Rbi
from loyalty_site.api.rbi_requests import RbiCall, local_time_of, zone_for
from loyalty_site.api.strict import Object, Offence, Values
from loyalty_site.api.strict_fields import Day, Integer, Text, Uuid
from offers import cold, services
from offers.assigning import Terms
from offers.days import first_moment, last_moment
from offers.errors import OfferNotFound

LAST_RANK = 32_767


def _ends_later(rule: Values) -> list[Offence]:
    """Rule: RBI, guides for Braze: the last day comes after the first. Days that have passed are taken."""
    if {"startDate", "endDate"} <= rule.keys() and rule["endDate"] <= rule["startDate"]:
        return [Offence("endDate", "must be after startDate")]
    return []


OFFER = Object(
    USER
    | {
        "source": Text(64),
        "reference": Text(255, required=False, blank=True),
        "configId": Uuid(),
        "ruleParams": Object({"startDate": Day(), "endDate": Day()}, check=_ends_later),
        "rank": Integer(0, LAST_RANK, required=False),
    }
)


class CreateOfferView(RbiCall, APIView):
    """`POST /bulk-action/hot/create-offer`: the same offer once more is one offer more."""

    dialect = Rbi(USER_NOT_FOUND | {OfferNotFound: Saying(404, "OfferNotFoundError", "Offer not found")})

    def post(self, request: Request) -> Response:
        values = self.asked(request, OFFER, besides=unnamed_user(request))
        terms, by = _terms(request, values), {"actor": request.user.actor, "at": timezone.now()}

        def effect() -> tuple[int, dict[str, str]]:
            trace_id = self.give(values["configId"], user_id_of(values, request.user), terms, **by)
            return 200, {"traceId": str(trace_id)}

        return run_write(request, effect, dialect=self.dialect)

    def give(self, offer_id: UUID, customer_id: UUID, terms: Terms, **by: Any) -> UUID:
        """Returns the trace."""
        return services.assign(offer_id, customer_id, terms, **by).trace_id


class ColdCreateOfferView(CreateOfferView):
    """`POST /bulk-action/cold/create-offer`: the same, answered before the customer has the offer."""

    def give(self, offer_id: UUID, customer_id: UUID, terms: Terms, **by: Any) -> UUID:
        return cold.queue(offer_id, customer_id, terms, **by)


def _terms(request: Request, values: Values) -> Terms:
    rule = values["ruleParams"]
    zone = zone_for(request)
    begins = first_moment(rule["startDate"], zone)
    return Terms(
        displayed_from=begins,
        effective_from=begins,
        expires_at=last_moment(rule["endDate"], zone),
        rank=values.get("rank"),
        source=values["source"],
        reference=values.get("reference", ""),
        partner_id=request.user.partner.id,
        local_time=local_time_of(request),
    )
