"""Enrolling a customer in a promotion, in the words of Capillary, "Enrol a Customer to Loyalty Promotion"."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.api.capillary import SAYS, Identity, identity_in
from loyalty_site.api.capillary import Capillary, InputRefused, Warned
from loyalty_site.api.dialects import Body, Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.parameters import plain_query_of
from loyalty_site.api.parsing import ObjectParser
from loyalty_site.api.strict import Wrong, body_of
from loyalty_site.api.strict_fields import Integer
from loyalty_site.api.texts import trimmed
from promotions import services
from promotions.errors import (
    CustomerMayNotEnrol,
    EnrolmentLimitReached,
    ProgramNotFound,
    PromotionNotFound,
    PromotionNotOpen,
)
from promotions.finding import promotion_for, refuse_unknown_program

NEEDED = ("identifierName", "identifierValue", "source")
NOT_IDENTIFIED = (11013, "identifierName, identifierValue, source can not be empty")
WRONG_TYPE = (1212, "invalid entity type passed")
IDS_MISSING = (8881, "insufficient parameters passed, program id and one of promotion id/identifier are required")
NOT_ISSUED = Warned(8890, "promotion not issued due to config issues or customer exhausted limits")
LONG = Integer(least=1)


class IssueView(APIView):
    """`POST /v2/promotion/issue`"""

    dialect = Capillary(
        says={
            **SAYS,
            ProgramNotFound: Saying(400, 1101, "invalid programId passed"),
            PromotionNotFound: Saying(400, 8874, "promotion id passed is invalid"),
            PromotionNotOpen: NOT_ISSUED,
            EnrolmentLimitReached: NOT_ISSUED,
            CustomerMayNotEnrol: NOT_ISSUED,
        }
    )
    parser_classes = (ObjectParser,)

    def post(self, request: Request) -> Response:
        _refuse_other_media(request)
        identity = _identity_in(plain_query_of(request))
        program_id, promotion_id = _ids_in(body_of(request))
        return run_write(request, lambda: _issue(request, identity, program_id, promotion_id), dialect=self.dialect)


def _refuse_other_media(request: Request) -> None:
    """Before anything is read. Raises UnsupportedMediaType."""
    if request.content_type and request.negotiator.select_parser(request, request.parsers) is None:
        raise UnsupportedMediaType(request.content_type)


def _identity_in(query: Mapping[str, str]) -> Identity:
    """Raises InputRefused."""
    if not all(trimmed(query.get(name, "")) for name in NEEDED):
        raise InputRefused(*NOT_IDENTIFIED)
    if query.get("type", "") not in ("", "CUSTOMER"):
        raise InputRefused(*WRONG_TYPE)
    return identity_in(query)


def _ids_in(body: Mapping[str, Any]) -> tuple[int, int]:
    """The program's and the promotion's. Raises InputRefused, and what is raised for ids that nothing has."""
    raw = [body.get(name) for name in ("programId", "promotionId")]
    if None in raw:
        raise InputRefused(*IDS_MISSING)
    program_id, promotion_id = (_long(value) for value in raw)
    if program_id is None:
        raise ProgramNotFound
    if promotion_id is None:
        refuse_unknown_program(program_id)
        raise PromotionNotFound
    return program_id, promotion_id


def _long(raw: Any) -> int | None:
    try:
        return LONG.read(raw)
    except Wrong:
        return None


def _issue(request: Request, identity: Identity, program_id: int, promotion_id: int) -> tuple[int, Body]:
    promotion = promotion_for(program_id, promotion_id, identity.customers_in_sight(request.user))
    made = services.enrol(
        promotion,
        promotion.customer_id,
        customer_status=promotion.customer_status,
        source=identity.source,
        actor=request.user.actor,
        at=timezone.now(),
    )
    effect = {"programId": program_id, "issualId": made.pk, "promotionId": promotion_id, "type": "Points promotion"}
    return 200, {"warnings": [], "errors": [], "sideEffects": [effect]}
