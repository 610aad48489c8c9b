"""The filters of the lists of movements. Rule: Open Loyalty, "Points transfers", 'Get a complete list'."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from customers.models import Customer
from customers.questions import begins
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.texts import is_storable
from points.api.transfer_object import ADDING, SPENDING
from points.history import ADDITIONS, SPENDINGS, State, in_states
from points.questions import TransferQuerySet

TYPES = {ADDING: ADDITIONS, SPENDING: SPENDINGS}
BEGINNINGS = {"customerFirstName": "first_name", "customerLastName": "last_name"}


def filtered(movements: TransferQuerySet, asked: Mapping[str, Any], at: datetime) -> TransferQuerySet:
    """Those of the state (one or many) and of the type asked for. A word that names none finds none."""
    if words := _texts(asked.get("state")):
        states = [state for state in State if state in words]
        if len(states) < len(State):
            movements = movements.filter(in_states(states, at))
    if word := _text(asked.get("type")):
        movements = movements.filter(kind__in=TYPES.get(word, []))
    return movements


def of_customers(movements: TransferQuerySet, asked: Mapping[str, Any]) -> TransferQuerySet:
    """Those of the customers asked for: by id, by how a name begins, by e-mail in any case, and by phone."""
    if text := _text(asked.get("customerId")):
        movements = movements.filter(account=uuid_in(text))
    customers = _customers(asked)
    return movements if customers is None else movements.filter(account__in=customers)


def _customers(asked: Mapping[str, Any]) -> Any:
    """The ids of the customers that are described; None where nobody is."""
    texts = {name: _text(asked.get(name)) for name in (*BEGINNINGS, "customerEmail", "customerPhone")}
    if not any(texts.values()):
        return None
    customers = Customer.objects.order_by()
    if email := texts.pop("customerEmail"):
        customers = customers.by_email(email)
    if phone := texts.pop("customerPhone"):
        customers = customers.filter(phone=phone)
    named = Q()
    for name, text in texts.items():
        named &= begins(BEGINNINGS[name], text) if text else Q()
    return customers.filter(named).values("pk")


def _texts(raw: Any) -> list[str]:
    """`state=active`, `state[]=active` and `state[0]=active`."""
    items = raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list) else [raw]
    return [text for item in items if (text := _text(item))]


def _text(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) and is_storable(raw) else ""
