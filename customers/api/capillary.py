"""Which customer a call of Capillary's means, and the call that only asks who it is.

Rules: Capillary, "Issue promotion", query parameters; "Get Customer ID"; "Get promotion data of a specific customer".
"""

import re
from dataclasses import dataclass

from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.api.path import customers_in_sight
from customers.errors import CustomerNotFound
from customers.questions import CustomerQuerySet
from loyalty_site.access.actors import Principal
from loyalty_site.api.capillary import Capillary, InputRefused
from loyalty_site.api.dialects import Saying
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.parameters import plain_query_of
from loyalty_site.api.strict_fields import MOST
from loyalty_site.api.texts import trimmed

SOURCES = (
    "FACEBOOK",
    "WEB_ENGAGE",
    "INSTORE",
    "MARTJACK",
    "TMALL",
    "TAOBAO",
    "JD",
    "ECOMMERCE",
    "WEBSITE",
    "LINE",
    "MOBILE_APP",
)
ANY_SOURCE = "ALL"  # questions may ask so
COLUMNS = {"mobile": "phone", "externalId": "external_id"}
NAMES = ("email", "id", *COLUMNS)
NUMBER = re.compile("[0-9]{1,19}")

WRONG_NAME = (8013, "Lookup,Invalid identifier passed")
WRONG_SOURCE = (8003, "Invalid source")
NOT_FOUND = (8015, "Customer not found for the given identifiers")
SAYS = {CustomerNotFound: Saying(400, *NOT_FOUND)}


@dataclass(frozen=True)
class Identity:
    """Who is meant. A customer is the same person, with the same one account, in every source."""

    name: str
    value: str
    source: str  # in capitals
    account_id: str = ""

    def customers_in_sight(self, caller: Principal) -> CustomerQuerySet:
        """The one customer, or none. Asked for by an account, it must be the customer's own."""
        found = self._identified(customers_in_sight(caller))
        return found.filter(_is_account(self.account_id)) if self.account_id else found

    def _identified(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        if self.name == "email":
            return customers.by_email(self.value)
        if self.name == "id":
            return customers.filter(_has_number(self.value))
        return customers.filter(**{COLUMNS[self.name]: self.value})


class LookupView(APIView):
    """`GET /v2/customers/lookup`: the customer's number."""

    dialect = Capillary(says=SAYS)

    def get(self, request: Request) -> Response:
        return Response({"entity": customer_asked_for(request)["number"], "warnings": []})


def customer_asked_for(request: Request) -> dict[str, object]:
    """The `pk` and `number` of whom a question's query means. Raises InputRefused and CustomerNotFound.

    A parameter that is missing is told as a wrong one.
    """
    identity = identity_in(plain_query_of(request), sources=(*SOURCES, ANY_SOURCE))
    found = identity.customers_in_sight(request.user).values("pk", "number").first()
    if found is None:
        raise CustomerNotFound(identifier=identity.name)
    return found


def identity_in(query: dict[str, str], *, sources: tuple[str, ...] = SOURCES) -> Identity:
    """Raises InputRefused. Identifiers' names are told apart by case, sources are not."""
    name, source = query.get("identifierName", ""), query.get("source", "").upper()
    if name not in NAMES:
        raise InputRefused(*WRONG_NAME)
    if source not in sources:
        raise InputRefused(*WRONG_SOURCE)
    return Identity(name, query.get("identifierValue", ""), source, trimmed(query.get("accountId", "")))


def _is_account(account_id: str) -> Q:
    """By the id that every dialect knows the account by, or by the customer's number."""
    customer_id = uuid_in(account_id)
    return _has_number(account_id) if customer_id is None else Q(pk=customer_id)


def _has_number(text: str) -> Q:
    is_one = NUMBER.fullmatch(text) and int(text) <= MOST
    return Q(number=int(text)) if is_one else Q(pk__in=[])
