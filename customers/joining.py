"""Customers who join, with or without a log-in of their own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from customers.models import Customer
from customers.services import register
from loyalty_site.access.actors import Actor, Role
from loyalty_site.access.passwords import open_account
from loyalty_site.database import unit_of_work


@unit_of_work
def join(fields: Mapping[str, Any], *, password_hash: str | None, actor: Actor, at: datetime) -> Customer:
    """Register a customer and, with the hash of a password, an account of the same id. Raises what `register` does."""
    customer = register(actor=actor, at=at, **fields)
    if password_hash:
        open_account(customer.pk, Role.CUSTOMER, password_hash, actor=actor, at=at)
    return customer
