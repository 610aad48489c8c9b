"""Adding and removing points, as RBI's partners do it. Rules: RBI, "Update Points Balance" and its guides for Braze."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.api.rbi import USER, USER_NOT_FOUND, unnamed_user, user_id_in_path, user_id_of, user_in_path
from loyalty_site.access.actors import PartnerFacts
from loyalty_site.api.dialects import Answer, Dialect, Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.rbi import Rbi, broken_rule
from loyalty_site.api.rbi_requests import RbiCall, local_time_of, zone_for
from loyalty_site.api.strict import Object, Offence, Values
from loyalty_site.api.strict_fields import Integer, OneOf, Text
from loyalty_site.errors import DomainError
from points import cold, services
from points.api.rbi_transaction import transaction_object
from points.awards import award
from points.days import last_day_for_partners
from points.errors import CeilingReached, NotEnoughPoints
from points.ledger import Note
from points.models import Account, Transfer

MOST = 2**31 - 1
CEILINGS = {
    "per_call": "more points in one call than agreed",
    "per_customer_day": "more points to one user on one day than agreed",
    "per_partner_day": "more points on one day than agreed",
}
REFERENCE = Text(255, required=False, blank=True)
ASSIGNMENT = Object(USER | {"pointsEarned": Integer(1, MOST), "source": Text(64), "reference": REFERENCE})


class CeilingSaying:
    """A ceiling is a rule of the partner's contract. Rule: RBI, "Error Responses", `RulesError`."""

    def answer(self, dialect: Dialect, error: DomainError) -> Answer:
        facts = error.facts
        message = f"The partner would give {CEILINGS[facts['which']]}"
        values = {"current": facts["given"] + facts["points"], "target": facts["ceiling"]}
        return Answer(400, broken_rule("PointsCeilingReached", facts["which"], message, **values))


class PointsView(RbiCall, APIView):
    """`/loyalty/user/<loyaltyUserId>/points`"""

    dialect = Rbi(
        USER_NOT_FOUND
        | {
            NotEnoughPoints: Saying(
                400, "TransactionInsufficientPoints", "The user has {balance} points, not {needed}"
            ),
            CeilingReached: CeilingSaying(),
        }
    )

    def get(self, request: Request, user: str) -> Response:
        """The balance."""
        self.check_headers(request)
        customer = user_in_path(user, request.user)
        return Response({"balance": Account.objects.spendable_of(customer.pk, timezone.now())})

    def post(self, request: Request, user: str) -> Response:
        """Positive `points` are added; negative ones are removed, those that expire soonest first.

        A removal is no spending: it does not ask for the customer's status.
        """
        values = self.asked(request, _change_for(request))
        at, points = timezone.now(), values["points"]
        note = _note(request, values, partner=values["partner"])

        def effect() -> tuple[int, dict[str, Any]]:
            customer_id = user_id_in_path(user, request.user)
            if points < 0:
                movement = services.deduct(customer_id, -points, at=at, note=note)
            else:
                day = last_day_for_partners(at, zone_for(request))
                movement = award(request.user.partner, customer_id, points, at=at, note=note, expires_on=day)
            return 200, transaction_object(movement, request.user.partner)

        return run_write(request, effect, dialect=self.dialect)


class AssignPointsView(RbiCall, APIView):
    """`POST /bulk-action/hot/assign-points`: points for a customer whom the body names."""

    dialect = PointsView.dialect

    def post(self, request: Request) -> Response:
        values = self.asked(request, ASSIGNMENT, besides=unnamed_user(request))
        at, partner = timezone.now(), request.user.partner
        note = _note(request, values, partner=partner.signature, comment=values["source"])

        def effect() -> tuple[int, dict[str, str]]:
            day = last_day_for_partners(at, zone_for(request))
            customer_id = user_id_of(values, request.user)
            trace_id = self.add(partner, customer_id, values["pointsEarned"], at=at, note=note, expires_on=day)
            return 200, {"traceId": str(trace_id)}

        return run_write(request, effect, dialect=self.dialect)

    def add(self, partner: PartnerFacts, customer_id: UUID, points: int, **facts: Any) -> UUID:
        """Returns the trace."""
        return award(partner, customer_id, points, **facts).pk


class ColdAssignPointsView(AssignPointsView):
    """`POST /bulk-action/cold/assign-points`: the same, answered before the customer has the points."""

    def add(self, partner: PartnerFacts, customer_id: UUID, points: int, **facts: Any) -> UUID:
        return cold.queue(partner.id, customer_id, points, **facts)


def _change_for(request: Request) -> Object:
    """The body of a change: of the texts for `partner` only the caller's own will do."""
    fields = {
        "points": Integer(-MOST, MOST),
        "partner": OneOf(request.user.partner.values),
        "reference": REFERENCE,
    }
    return Object(fields, check=_moves_something)


def _moves_something(values: Values) -> list[Offence]:
    return [Offence("points", "must not be 0")] if values.get("points") == 0 else []


def _note(request: Request, values: Values, **facts: str) -> Note:
    return Note(
        channel=Transfer.Channel.PARTNER,
        actor=request.user.actor,
        reference=values.get("reference", ""),
        local_time=local_time_of(request),
        **facts,
    )
