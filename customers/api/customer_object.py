"""A customer as Open Loyalty's clients read one. Rule: "Reward Campaigns API", 'Check campaign visibility for the
customers', and "Customer API".
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from customers.models import Customer, Level
from customers.questions import CustomerQuerySet
from customers.sales import NO_SALES, Sales, sales_of
from loyalty_site.api.dates import write_moment

ADDRESS = ("street", "address1", "address2", "province", "city", "postal", "country")
COMPANY = {"name": "company_name", "nip": "company_tax_number"}
TYPES = ["new", "active", "blocked", "deleted"]
STATES = ["no-card", "card-sent", "with-card"]


def asked_for(customers: CustomerQuerySet) -> CustomerQuerySet:
    """The customers with all of their own that their objects show."""
    return customers.select_related("level", "store")


def customer_objects(customers: Sequence[Customer]) -> list[dict[str, Any]]:
    """The objects of these customers, who were asked for as above; one query more, however many they are.

    They lack `campaignPurchases`, of which this app knows nothing.
    """
    sales = sales_of([customer.pk for customer in customers])
    return [_object(customer, sales.get(customer.pk, NO_SALES)) for customer in customers]


def percent(level: Level) -> str:
    """A level's reward as clients read it: `14.00%`."""
    return f"{level.reward_value * 100:.2f}%"


def _object(customer: Customer, sales: Sales) -> dict[str, Any]:
    known = {
        "customerId": str(customer.pk),
        "active": customer.may_spend,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "gender": customer.gender,
        "email": customer.email,
        "phone": customer.phone,
        "birthDate": customer.birth_date and write_moment(customer.birth_date),
        "address": _filled({key: getattr(customer, key) for key in ADDRESS}),
        "company": _filled({key: getattr(customer, column) for key, column in COMPANY.items()}),
        "loyaltyCardNumber": customer.card_number,
        "createdAt": write_moment(customer.created_at),
        "levelId": str(customer.level_id),
        "manuallyAssignedLevelId": {"levelId": str(customer.level_id)} if customer.level_set_by_hand else None,
        "posId": customer.store_id and str(customer.store_id),
        "posIdentifier": customer.store and customer.store.identifier,
        "agreement1": customer.agreement1,
        "agreement2": customer.agreement2,
        "agreement3": customer.agreement3,
        "status": _status(customer),
        "updatedAt": write_moment(customer.updated_at),
        **_figures(sales),
        "currency": settings.CURRENCY,
        "levelPercent": percent(customer.level),
    }
    return _filled(known)


def _filled(body: dict[str, Any]) -> dict[str, Any]:
    """Without what is unset, as clients know it; false and 0 stay."""
    return {key: value for key, value in body.items() if value not in (None, "", {})}


def _status(customer: Customer) -> dict[str, Any]:
    state = "with-card" if customer.card_number else "no-card"
    return {"availableTypes": TYPES, "availableStates": STATES, "type": customer.status, "state": state}


def _figures(sales: Sales) -> dict[str, Any]:
    return {
        "transactionsCount": sales.count,
        "transactionsAmount": sales.amount,
        "transactionsAmountWithoutDeliveryCosts": sales.without_delivery,
        "amountExcludedForLevel": 0,  # every sale counts for the level
        "averageTransactionAmount": sales.average,
        "lastTransactionDate": sales.last_at and write_moment(sales.last_at),
    }
