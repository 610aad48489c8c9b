"""The filters of the lists of movements. Rule: Open Loyalty, "Points transfers", 'Get a complete list'."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from customers.api.customer_filters import meeting
from customers.models import Customer
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.texts import is_storable
from points.api.transfer_object import ADDING, SPENDING
from points.history import ADDITIONS, SPENDINGS, State, in_states
from points.questions import TransferQuerySet

TYPES = {ADDING: ADDITIONS, SPENDING: SPENDINGS}
OF_CUSTOMERS = {  # a filter → that of the list of customers that asks the same
    "customerFirstName": "firstName",
    "customerLastName": "lastName",
    "customerEmail": "email",
    "customerPhone": "phone",
}


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
    """Those of the customers asked for: by id, and by parts of their names, e-mail and phone in any case."""
    if text := _text(asked.get("customerId")):
        movements = movements.filter(account=uuid_in(text))
    texts = {name: text for own, name in OF_CUSTOMERS.items() if (text := _text(asked.get(own)))}
    if not texts:
        return movements
    return movements.filter(account__in=meeting(Customer.objects.order_by(), texts).values("pk"))


def _texts(raw: Any) -> list[str]:
    """`state=active`, `state[]=active` and `state[0]=active`."""
    items = raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list) else [raw]
    return [text for item in items if (text := _text(item))]


def _text(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) and is_storable(raw) else ""
