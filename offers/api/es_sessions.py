"""Sessions, whose ids stand for customers. Rule: Exchange Solutions, "Start Session for User Account"."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.models import Customer
from customers.questions import CustomerQuerySet
from loyalty_site.access.actors import Principal
from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.exchange_solutions import ExchangeSolutions
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.milliseconds import epoch, written
from loyalty_site.api.parsing import ObjectParser
from loyalty_site.api.strict import Object, Offence, Values, read
from loyalty_site.api.strict_fields import Text
from offers import sessions
from offers.api.es_members import correlation, stored_form
from offers.errors import MemberNotFound, SessionIdTaken
from offers.models import MemberSession

CUSTOMERS = Customer.objects
HEADER = "X-Identifier-Type"
# What `:identifier` is, by that header.
IDENTIFIERS: dict[str, Callable[[str], CustomerQuerySet]] = {
    "ACCOUNT_ID": lambda text: CUSTOMERS.filter(pk=uuid_in(text)),
    "LOYALTY_ID": lambda text: CUSTOMERS.filter(card_number=text),
    "EXTERNAL_ID": lambda text: CUSTOMERS.filter(external_id=text),
    "EMAIL": lambda text: CUSTOMERS.by_email(text),
    "PHONE_NUMBER": lambda text: CUSTOMERS.filter(phone=text),
}
USUAL_IDENTIFIER, USUAL_CHANNEL = "ACCOUNT_ID", "APP"


def _fits_a_path(values: Values) -> list[Offence]:
    """The id is to stand in the paths of other calls."""
    return [Offence("correlationId", "must not hold a slash")] if "/" in values.get("correlationId", "") else []


BODY = Object({"correlationId": Text(128), "channel": Text(64, required=False)}, check=_fits_a_path)


class SessionView(APIView):
    """`POST /client/users/:identifier/sessions` with `correlationId`, and `channel`, APP where it is left out."""

    parser_classes = (ObjectParser,)
    dialect = ExchangeSolutions(
        says={
            MemberNotFound: Saying(404, "ACCOUNT_NOT_FOUND", "Account does not exist"),
            SessionIdTaken: Saying(400, "INVALID_REQUEST", "correlationId stands for another account"),
        }
    )

    def post(self, request: Request, identifier: str) -> Response:
        kind = request.headers.get(HEADER, USUAL_IDENTIFIER).upper()
        unknown = [] if kind in IDENTIFIERS else [Offence(HEADER, f"must be one of {', '.join(IDENTIFIERS)}")]
        values, at = read(request, BODY, besides=unknown), timezone.now()
        names, channel = correlation(request, values["correlationId"]), values.get("channel", USUAL_CHANNEL)

        def effect() -> Response:
            customer = _member(kind, identifier, request.user)
            return Response(_shown(sessions.start(names, customer.pk, channel, at=at), customer))

        return run_write(request, effect, dialect=self.dialect)


def _member(kind: str, identifier: str, caller: Principal) -> Customer:
    """One in the caller's sight. Raises MemberNotFound."""
    text = stored_form(identifier)
    named = IDENTIFIERS[kind](text).in_store_scope(caller.store_id) if text else CUSTOMERS.none()
    found = named.exclude(status=Customer.Status.ERASED).first()
    if found is None:
        raise MemberNotFound
    return found


def _shown(session: MemberSession, customer: Customer) -> dict[str, Any]:
    return {
        "accountId": str(customer.pk),
        "loyaltyId": customer.card_number,
        "correlationId": session.correlation_id,
        "channel": session.channel,
        "expiryDate": written(session.expires_at),
        "expiryDateEpoch": epoch(session.expires_at),
    }
