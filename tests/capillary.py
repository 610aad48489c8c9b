"""Short ways to Capillary's calls and to what they answer."""

from urllib.parse import urlencode

from customers.models import Customer
from promotions.models import Promotion
from tests.callers import Caller

MOBILE = "18767431754"
KNOWN = {"identifierName": "mobile", "identifierValue": MOBILE, "source": "INSTORE"}
ISSUE, LOOK_UP, DATA = "/v2/promotion/issue", "/v2/customers/lookup", "/v2/customers/lookup/promotionData"


def asked(path: str, **query) -> str:
    """The path with the query of a known customer, changed; None leaves a parameter out."""
    return f"{path}?{urlencode({name: text for name, text in (KNOWN | query).items() if text is not None})}"


def ids(promotion: Promotion) -> dict[str, int]:
    return {"programId": promotion.program_id, "promotionId": promotion.pk}


def issue(caller: Caller, promotion: Promotion, *, headers: dict[str, str] | None = None, **query):
    return caller.post(asked(ISSUE, **query), ids(promotion), **(headers or {}))


def refused(code: int, text: str, status: int = 400):
    return status, {"warnings": [], "errors": [{"status": False, "code": code, "message": text}]}


def issued(promotion: Promotion, who: Customer):
    """The answer to the customer's last enrolment."""
    made = promotion.enrolments.filter(customer=who).latest("pk")
    effect = {**ids(promotion), "issualId": made.pk, "type": "Points promotion"}
    return 200, {"warnings": [], "errors": [], "sideEffects": [effect]}


INVALID = refused(400, "Input is invalid")
UNAUTHORIZED = refused(401, "Invalid credentials", 401)
FORBIDDEN = refused(403, "Forbidden", 403)
NOT_IDENTIFIED = refused(11013, "identifierName, identifierValue, source can not be empty")
WRONG_TYPE = refused(1212, "invalid entity type passed")
WRONG_NAME = refused(8013, "Lookup,Invalid identifier passed")
WRONG_SOURCE = refused(8003, "Invalid source")
IDS_MISSING = refused(
    8881, "insufficient parameters passed, program id and one of promotion id/identifier are required"
)
NO_PROGRAM = refused(1101, "invalid programId passed")
NO_PROMOTION = refused(8874, "promotion id passed is invalid")
NO_CUSTOMER = refused(8015, "Customer not found for the given identifiers")
WARNING = {
    "status": False,
    "code": 8890,
    "message": "promotion not issued due to config issues or customer exhausted limits",
}
NOT_ISSUED = 200, {"warnings": [WARNING], "errors": [], "sideEffects": []}
