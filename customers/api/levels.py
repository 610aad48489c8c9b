"""Levels and who is on them, as Open Loyalty's clients read them. Rule: Open Loyalty, "Level API"."""

from typing import Any

from django.db.models.functions import Lower
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers.api.dialect import DIALECT
from customers.api.path import customers_in_sight
from customers.errors import LevelNotFound
from customers.models import Customer, Level
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.paging import page_of

SORTS = {"id": "pk", "name": "name", "active": "active", "conditionValue": "from_amount"}
CUSTOMER_SORTS = {  # each in the order of an index
    "customerId": "pk",
    "lastName": "last_name",
    "email": "lower_email",  # as its index has it
    "createdAt": "created_at",
}


class LevelViewSet(ViewSet):
    dialect = DIALECT

    def list(self, request: Request) -> Response:
        """`GET /api/level` and `/api/seller/level`"""
        page, total = page_of(Level.objects.with_customer_counts(), request, sorts=SORTS, default="name")
        return Response({"levels": [_level(level) for level in page], "total": total})

    def retrieve(self, request: Request, level: str) -> Response:
        """`GET /api/level/<level>` and `/api/seller/level/<level>`"""
        return Response(_level(_level_in_path(level)))

    def customers(self, request: Request, level: str) -> Response:
        """`GET /api/level/<level>/customers`"""
        on_it = customers_in_sight(request.user).filter(level=_level_in_path(level)).alias(lower_email=Lower("email"))
        page, total = page_of(on_it, request, sorts=CUSTOMER_SORTS, default="-created_at")
        return Response({"customers": [_customer(customer) for customer in page], "total": total})


def _level_in_path(text: str) -> Level:
    found = Level.objects.with_customer_counts().filter(pk=uuid_in(text)).first()
    if found is None:
        raise LevelNotFound(id=text)
    return found


def _level(level: Level) -> dict[str, Any]:
    return {
        "id": str(level.pk),
        "name": level.name,
        **({"description": level.description} if level.description else {}),
        "active": level.active,
        "conditionValue": level.from_amount,
        "hasPhoto": False,  # levels have none here
        "reward": {"name": level.reward_name, "value": level.reward_value, "code": level.reward_code},
        "specialRewards": level.special_rewards,
        "customersCount": level.customers_count,
    }


def _customer(customer: Customer) -> dict[str, Any]:
    known = {
        "customerId": str(customer.pk),
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "email": customer.email,
    }
    return {key: value for key, value in known.items() if value}
