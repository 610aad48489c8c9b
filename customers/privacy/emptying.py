"""A customer's own row, emptied of the person. What stays tells of a member, not of whom."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from customers.models import Customer
from loyalty_site.access.actors import Actor
from loyalty_site.privacy import Erasure, Person

EMPTY: dict[str, Any] = {
    "external_id": None,
    "email": None,
    "phone": None,
    "card_number": None,
    "first_name": "",
    "last_name": "",
    "gender": "",
    "birth_date": None,
    "street": "",
    "address1": "",
    "address2": "",
    "postal": "",
    "city": "",
    "province": "",
    "country": "",
    "company_name": "",
    "company_tax_number": "",
    "agreement1": False,
    "agreement2": False,
    "agreement3": False,
    "language": "",
    "reward_mail": False,
}
# A made-up id and number, which the books go by, and what says nothing of a person.
KEPT = frozenset({"id", "number", "status", "level", "level_set_by_hand", "store", "created_at", "updated_at"})


def empty(person: Person, *, actor: Actor, at: datetime) -> None:
    Customer.objects.filter(pk=person.id).update(**EMPTY)


def foretold(person: Person, at: datetime) -> list[str]:
    return [
        _("Name, birth date, address, company, e-mail, phone, card and external id are emptied."),
        _("Sales stay in the books without the person, as do level and the day of joining."),
    ]


EMPTYING = Erasure(empty, foretold)
