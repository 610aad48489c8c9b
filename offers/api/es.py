"""Offers as Exchange Solutions' clients list and answer them. Rules: "Response to Offer" and its sibling pages."""

from datetime import timedelta

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.exchange_solutions import ExchangeSolutions
from loyalty_site.api.parsing import ObjectParser
from loyalty_site.api.strict import Object, read
from loyalty_site.api.strict_fields import OneOf
from offers.answering import Answer, respond
from offers.answering_all import respond_to_all
from offers.api.es_members import NOT_TARGETED, correlation, stored_form
from offers.api.es_object import answered, listed
from offers.api.es_questions import (
    UnknownBusinessUnit,
    UnreadableParameter,
    check_business_units,
    max_results,
    window,
)
from offers.days import first_moment
from offers.errors import (
    MemberNotFound,
    OfferCompleted,
    OfferDeclined,
    OfferExpired,
    OfferNotActive,
    OfferNotShownYet,
    OfferNotTargeted,
)
from offers.members import member_id
from offers.models import CustomerOffer
from offers.questions import CustomerOfferQuerySet

BODY = Object({"acceptanceState": OneOf(list(Answer))})
INVALID = "Acceptance state is invalid"
YEAR = timedelta(days=366)


class OfferView(APIView):
    """`PUT /client/users/:correlation_id/offer/:offer_id`: one answer to one offer."""

    parser_classes = (ObjectParser,)
    dialect = ExchangeSolutions(
        says={
            OfferNotTargeted: NOT_TARGETED,
            OfferDeclined: Saying(400, "INVALID_REQUEST", "Cannot change state of declined offer"),
            OfferCompleted: Saying(400, "INVALID_REQUEST", "Cannot change state of a completed offer"),
            OfferNotActive: Saying(400, "INVALID_REQUEST", "Cannot accept {status} offer"),
            OfferExpired: Saying(400, "INVALID_REQUEST", "Current date is after expiry date"),
            OfferNotShownYet: Saying(400, "INVALID_REQUEST", "Current date is prior to display date"),
        },
        invalid=INVALID,
    )

    def put(self, request: Request, correlation_id: str, offer_id: str) -> Response:
        answer = Answer(read(request, BODY)["acceptanceState"])
        customer, code, at = correlation(request, correlation_id), stored_form(offer_id), timezone.now()

        def effect() -> Response:
            return Response(answered(respond(customer, code, answer, actor=request.user.actor, at=at)))

        return run_write(request, effect, dialect=self.dialect)


class MemberOffersView(APIView):
    """What the offers of one customer are asked for."""

    dialect = ExchangeSolutions(says={MemberNotFound: NOT_TARGETED, OfferNotTargeted: NOT_TARGETED})

    def offers(self, correlation_id: str) -> CustomerOfferQuerySet:
        """All that the customer was ever given. Raises MemberNotFound."""
        customer = member_id(correlation(self.request, correlation_id), timezone.now())
        return CustomerOffer.objects.filter(customer=customer).select_related("offer").in_order_of_showing()


class BestOfferView(MemberOffersView):
    """`GET /client/users/:correlation_id/offer`: the first one that can be answered or used."""

    def get(self, request: Request, correlation_id: str) -> Response:
        open_ones = self.offers(correlation_id).shown_at(timezone.now()).filter(state__in=["NONE", "ACCEPTED"])
        best = open_ones.first()
        if best is None:
            raise OfferNotTargeted
        return Response(listed(best))


class FutureOffersView(MemberOffersView):
    """`GET /client/users/:correlation_id/offers/future`: whose benefit begins within a year from tomorrow."""

    def get(self, request: Request, correlation_id: str) -> Response:
        tomorrow = first_moment(timezone.localdate() + timedelta(days=1))
        coming = self.offers(correlation_id).coming_between(tomorrow, tomorrow + YEAR)
        return Response([listed(given) for given in coming[: max_results(request)]])


class OffersView(MemberOffersView):
    """`/client/users/:correlation_id/offers`: GET lists what the customer sees, POST answers all that runs."""

    parser_classes = (ObjectParser,)
    dialect = ExchangeSolutions(
        says={
            MemberNotFound: NOT_TARGETED,
            UnknownBusinessUnit: Saying(400, "INVALID_BUSINESS_UNIT", "Invalid business unit(s) provided."),
            UnreadableParameter: Saying(400, "INVALID_REQUEST", "{name} is invalid"),
        },
        invalid=INVALID,
    )

    def get(self, request: Request, correlation_id: str) -> Response:
        at = timezone.now()
        first, last = window(request, at)
        shown = self.offers(correlation_id).shown_at(at).live_between(first, last)
        return Response([listed(given) for given in shown[: max_results(request)]])

    def post(self, request: Request, correlation_id: str) -> Response:
        answer = Answer(read(request, BODY)["acceptanceState"])
        check_business_units(request)
        customer, at = correlation(request, correlation_id), timezone.now()

        def effect() -> Response:
            given = respond_to_all(customer, answer, actor=request.user.actor, at=at)
            return Response([answered(one) for one in given])

        return run_write(request, effect, dialect=self.dialect)
