"""The customer whom RBI's calls name, as `loyaltyUserId` in a path, or by `userId` or `email` in a body."""

from uuid import UUID

from rest_framework.request import Request

from customers.api.path import customer_id_in_sight, customers_in_sight
from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access.actors import Principal
from loyalty_site.api.dialects import Saying
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.strict import Field, Offence, Values, body_of
from loyalty_site.api.strict_fields import Text, Uuid

USER_NOT_FOUND = {CustomerNotFound: Saying(404, "UserNotFoundError", "User not found")}
USER: dict[str, Field] = {"userId": Uuid(required=False), "email": Text(254, required=False)}


def unnamed_user(request: Request) -> list[Offence]:
    """What is wrong with a body that names nobody."""
    return [] if USER.keys() & body_of(request).keys() else [Offence("userId", "is required, or email")]


def user_id_of(values: Values, caller: Principal) -> UUID:
    """Whom a body names, in the caller's sight: by id, else by e-mail. Raises CustomerNotFound.

    An id is not looked up where the caller sees every customer.

    Rule: RBI, guides for Braze: since users were moved some callers know the e-mail only.
    """
    if "userId" in values:
        return customer_id_in_sight(values["userId"], caller)
    found = customers_in_sight(caller).by_email(values["email"]).values_list("pk", flat=True).first()
    if found is None:
        raise CustomerNotFound(email=values["email"])
    return found


def user_id_in_path(text: str, caller: Principal) -> UUID:
    """The id, which is not looked up where the caller sees every customer. Raises CustomerNotFound."""
    return customer_id_in_sight(_id_in(text), caller)


def user_in_path(text: str, caller: Principal) -> Customer:
    """The customer with the level, in the caller's sight. Raises CustomerNotFound."""
    customer = customers_in_sight(caller).select_related("level").filter(pk=_id_in(text)).first()
    if customer is None:
        raise CustomerNotFound(id=text)
    return customer


def _id_in(text: str) -> UUID:
    found = uuid_in(text)
    if found is None:
        raise CustomerNotFound(id=text)
    return found
