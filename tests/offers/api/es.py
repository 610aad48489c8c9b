"""What Exchange Solutions' answers look like, and short ways to ask for them."""

from datetime import timedelta

from loyalty_site.access.partner_models import Partner
from offers import sessions
from offers.members import Correlation
from offers.models import CustomerOffer, MemberSession
from tests.builders import AT

STATES = ("ACCEPTED", "DECLINED", "UNACCEPTED")


def refused(status: int, message: str, code: str):
    return status, {"statusCode": status, "errorMessage": message, "errorCode": code}


def invalid(message: str):
    return refused(400, message, "INVALID_REQUEST")


INVALID_STATE = invalid("Acceptance state is invalid")
NOT_TARGETED = refused(404, "Targeted offer does not exist", "PROMO_NOT_FOUND")
DECLINED = invalid("Cannot change state of declined offer")
COMPLETED = invalid("Cannot change state of a completed offer")
EXPIRED = invalid("Current date is after expiry date")
NOT_SHOWN_YET = invalid("Current date is prior to display date")


def path_of(given: CustomerOffer, named: str | None = None) -> str:
    """Of one answer to it, with the customer named otherwise than by the account's id."""
    return f"/client/users/{named or given.customer_id}/offer/{given.code}"


def say(state: object) -> dict[str, object]:
    return {"acceptanceState": state}


def session(given: CustomerOffer, text: str = "mck-1", *, partner: str = "Brame", hours: int = 0) -> MemberSession:
    """Opened so many hours ago, for the offer's customer."""
    named = Correlation(Partner.objects.get(name=partner).pk, text, None)
    return sessions.start(named, given.customer_id, "APP", at=AT - timedelta(hours=hours))
