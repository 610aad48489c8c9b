"""Where a customer stands: points, level and sales. Rule: Open Loyalty, "Customer API", 'Get customer status'."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers.api.customer_object import percent
from customers.api.dialect import DIALECT
from customers.api.path import readable_customer
from customers.models import Customer, Level
from customers.sales import NO_SALES, Sales, sales_of
from points.models import Account


class CustomerStatusViewSet(ViewSet):
    dialect = DIALECT

    def retrieve(self, request: Request, customer: str) -> Response:
        """`GET /api/customer/<customer>/status` and its twins below `/api/admin/` and `/api/seller/`"""
        found = readable_customer(customer, request.user)
        sales = sales_of([found.pk]).get(found.pk, NO_SALES)
        return Response(
            {
                "firstName": found.first_name,
                "lastName": found.last_name,
                "customerId": str(found.pk),
                **_points(found, timezone.now()),
                **_levels(found.level, sales),
                "transactionsAmountWithoutDeliveryCosts": sales.without_delivery,
                "averageTransactionsAmount": f"{sales.average:.2f}",
                "transactionsCount": sales.count,
                "transactionsAmount": sales.amount,
                "currency": settings.CURRENCY,
            }
        )


def _points(customer: Customer, at: datetime) -> dict[str, int]:
    """Points whose day has passed are expired, whether or not a movement says so yet."""
    account = Account.objects.with_spendable(at).filter(pk=customer.pk).first() or _no_account()
    return {
        "points": account.spendable,
        "usedPoints": account.spent,
        "expiredPoints": account.expired + account.balance - account.spendable,
        "totalEarnedPoints": account.earned,
        "lockedPoints": 0,  # points can be spent from the moment they are added
    }


def _no_account() -> Account:
    account = Account()
    account.spendable = 0
    return account


def _levels(level: Level, sales: Sales) -> dict[str, Any]:
    """The customer's level, and what is left to spend to the next one, if there is one."""
    own = {"level": percent(level), "levelName": level.name}
    following = Level.objects.after(level)
    if following is None:
        return own
    return own | {
        "nextLevel": percent(following),
        "nextLevelName": following.name,
        "transactionsAmountToNextLevel": max(following.from_amount - sales.amount, 0),
    }
