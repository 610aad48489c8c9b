"""What customers bought in the shops, in figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DecimalField, Max, Q, QuerySet, Sum, When
from django.db.models.functions import Abs

from customers.models import Transaction

CENT = Decimal("0.01")
MONEY = DecimalField(max_digits=18, decimal_places=2)
RETURNED = Q(document_type=Transaction.Type.RETURN)


@dataclass(frozen=True)
class Sales:
    """The sales of one customer or store, in the currency of the programme. What was returned is taken off."""

    count: int = 0
    amount: Decimal = Decimal(0)
    without_delivery: Decimal = Decimal(0)
    last_at: datetime | None = None

    @property
    def average(self) -> Decimal:
        """The amount of a sale on average, rounded to cents."""
        return (self.amount / self.count).quantize(CENT) if self.count else Decimal(0)


NO_SALES = Sales()


def sales_of(customer_ids: Iterable[UUID]) -> dict[UUID, Sales]:
    """The figures of those of the customers who have any, in one query."""
    rows = Transaction.objects.filter(customer__in=list(customer_ids)).order_by().values("customer")
    return {row["customer"]: _sales(row) for row in _with_figures(rows)}


def sales_at(store_ids: Iterable[UUID]) -> dict[UUID, Sales]:
    """The count and the amount of those of the stores that have any, in one query that an index answers alone."""
    rows = Transaction.objects.filter(store__in=list(store_ids)).order_by().values("store")
    totals = rows.annotate(count=Count("store", filter=~RETURNED), amount=_total(Abs("gross_value")))
    return {row["store"]: Sales(row["count"], row["amount"].quantize(CENT)) for row in totals}


def _with_figures(rows: QuerySet) -> QuerySet:
    gross, delivery = Abs("gross_value"), Abs("delivery_value")
    return rows.annotate(
        count=Count("pk", filter=~RETURNED),
        amount=_total(gross),
        delivery=_total(delivery),
        last_at=Max("purchased_at", filter=~RETURNED),
    )


def _total(value: Abs) -> Sum:
    return Sum(Case(When(RETURNED, then=-value), default=value, output_field=MONEY), output_field=MONEY)


def _sales(row: dict[str, Any]) -> Sales:
    amount, delivery = row["amount"].quantize(CENT), row["delivery"].quantize(CENT)
    return Sales(row["count"], amount, amount - delivery, row["last_at"])
