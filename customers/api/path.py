"""The customer whom a path names."""

from collections.abc import Collection
from uuid import UUID

from rest_framework.exceptions import PermissionDenied

from customers.errors import CustomerNotFound
from customers.models import Customer
from customers.questions import CustomerQuerySet
from loyalty_site.access.actors import Principal, Role
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.texts import is_storable


def customer_in_path(text: str, caller: Principal) -> Customer:
    """The customer by id, or by loyalty card number, in the caller's sight. Raises CustomerNotFound.

    Rule: Open Loyalty: what is no UUID in a customer's place is a card number.
    """
    if not is_storable(text):
        raise CustomerNotFound(card_number="")
    found = uuid_in(text)
    identity = {"card_number": text} if found is None else {"pk": found}
    customer = customers_in_sight(caller).filter(**identity).first()
    if customer is None:
        raise CustomerNotFound(**identity)
    return customer


def customers_in_sight(caller: Principal) -> CustomerQuerySet:
    """Everybody who was not erased; for a caller bound to a store, that store's customers and those of none."""
    return Customer.objects.in_store_scope(caller.store_id).exclude(status=Customer.Status.ERASED)


def customer_id_in_path(text: str, caller: Principal) -> UUID:
    """The id alone; a UUID is not looked up where the caller sees every customer. Raises CustomerNotFound."""
    found = uuid_in(text)
    return customer_in_path(text, caller).pk if found is None else customer_id_in_sight(found, caller)


def customer_id_in_sight(customer_id: UUID, caller: Principal) -> UUID:
    """The same id, of a customer that a caller bound to a store may see. Raises CustomerNotFound."""
    if caller.store_id and not Customer.objects.in_store_scope(caller.store_id).filter(pk=customer_id).exists():
        raise CustomerNotFound(id=customer_id)
    return customer_id


def are_in_sight(customer_ids: Collection[UUID], caller: Principal) -> bool:
    """Whether all of these different ids are customers that the caller may see."""
    return customers_in_sight(caller).filter(pk__in=customer_ids).count() == len(customer_ids)


def readable_customer(text: str, caller: Principal) -> Customer:
    """The customer in the path, for whom the caller may be another: customers read themselves alone.

    Raises CustomerNotFound, and PermissionDenied to a customer who asks for another, whether or not there is one.
    """
    if caller.role != Role.CUSTOMER:
        return customer_in_path(text, caller)
    own = own_customer(caller)
    if uuid_in(text) != own.pk and text != own.card_number:
        raise PermissionDenied
    return own


def own_customer(caller: Principal) -> Customer:
    """The customer who has logged in: the account has the customer's id. Raises CustomerNotFound."""
    customer = Customer.objects.filter(pk=caller.id).exclude(status=Customer.Status.ERASED).first()
    if customer is None or caller.kind != "user":
        raise CustomerNotFound(id=caller.id)
    return customer
