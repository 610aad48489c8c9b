"""The customer whom RBI's calls name, as `loyaltyUserId` in a path, or by `userId` or `email` in a body."""

from uuid import UUID

from rest_framework.request import Request

from customers.errors import CustomerNotFound
from customers.models import Customer
from customers.questions import CustomerQuerySet
from loyalty_site.api.dialects import Saying
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.strict import Field, Offence, Values, body_of
from loyalty_site.api.strict_fields import Text, Uuid

USER_NOT_FOUND = {CustomerNotFound: Saying(404, "UserNotFoundError", "User not found")}
USER: dict[str, Field] = {"userId": Uuid(required=False), "email": Text(254, required=False)}


def unnamed_user(request: Request) -> list[Offence]:
    """What is wrong with a body that names nobody."""
    return [] if USER.keys() & body_of(request).keys() else [Offence("userId", "is required, or email")]


def user_id_of(values: Values) -> UUID:
    """Whom a body names: by id, which is not looked up, else by e-mail. Raises CustomerNotFound.

    Rule: RBI, guides for Braze: since users were moved some callers know the e-mail only.
    """
    if "userId" in values:
        return values["userId"]
    found = _known().by_email(values["email"]).values_list("pk", flat=True).first()
    if found is None:
        raise CustomerNotFound(email=values["email"])
    return found


def user_id_in_path(text: str) -> UUID:
    """The id, which is not looked up. Raises CustomerNotFound for what is no UUID."""
    found = uuid_in(text)
    if found is None:
        raise CustomerNotFound(id=text)
    return found


def user_in_path(text: str) -> Customer:
    """The customer with the level. Raises CustomerNotFound."""
    customer = _known().select_related("level").filter(pk=user_id_in_path(text)).first()
    if customer is None:
        raise CustomerNotFound(id=text)
    return customer


def _known() -> CustomerQuerySet:
    return Customer.objects.exclude(status=Customer.Status.ERASED)
