"""A customer's sales, as Open Loyalty's clients read them. Rule: Open Loyalty, "Transactions", 'Get a list of
transactions (customer)'.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers.api.path import customer_in_path, own_customer
from customers.errors import CustomerNotFound
from customers.models import Transaction, TransactionItem
from loyalty_site.access.actors import Role
from loyalty_site.api.dates import write_moment
from loyalty_site.api.dialects import Saying
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.openloyalty import OpenLoyalty
from loyalty_site.api.paging import page_of
from loyalty_site.api.parameters import parameters_of
from loyalty_site.api.texts import is_storable, trimmed

FILTERS = {"documentType": "document_type", "documentNumber": "document_number"}
SORTS = {
    "transactionId": "pk",
    "purchaseDate": "purchased_at",
    "documentNumber": "document_number",
    "documentType": "document_type",
    "grossValue": "gross_value",
    "posId": "store_id",
}


class SaleViewSet(ViewSet):
    """The latest sale first."""

    dialect = OpenLoyalty(says={CustomerNotFound: Saying(404)})

    def list(self, request: Request) -> Response:
        """`GET /api/customer/transaction`: the caller's own; an administrator names the customer in `customerId`."""
        asked = parameters_of(request)
        sales = Transaction.objects.filter(customer=_customer_id(request, asked)).prefetch_related("items")
        page, total = page_of(_filtered(sales, asked), request, sorts=SORTS, default="-purchased_at")
        return Response({"transactions": [_object(sale) for sale in page], "total": total})


def _customer_id(request: Request, asked: Mapping[str, Any]) -> UUID:
    """Raises ParseError where an administrator names nobody, and CustomerNotFound."""
    if request.user.role == Role.CUSTOMER:
        return own_customer(request.user).pk
    named = _text(asked.get("customerId"))
    if not named:
        raise ParseError("Whose sales are asked for must be said in customerId.")
    return customer_in_path(named, request.user).pk


def _filtered(sales: QuerySet[Transaction], asked: Mapping[str, Any]) -> QuerySet[Transaction]:
    for name, column in FILTERS.items():
        if text := _text(asked.get(name)):
            sales = sales.filter(**{column: text})
    if text := _text(asked.get("posId")):
        store_id = uuid_in(text)
        sales = sales.filter(store=store_id) if store_id else sales.none()
    return sales


def _text(raw: Any) -> str:
    return trimmed(raw) if isinstance(raw, str) and is_storable(raw) else ""


def _object(sale: Transaction) -> dict[str, Any]:
    known = {
        "grossValue": sale.gross_value,
        "transactionId": str(sale.pk),
        "documentNumber": sale.document_number,
        "documentType": sale.document_type,
        "purchaseDate": write_moment(sale.purchased_at),
        "customerId": str(sale.customer_id),
        "posId": sale.store_id and str(sale.store_id),
        "items": [_line(item) for item in sale.items.all()],
        "currency": settings.CURRENCY,
    }
    return {key: value for key, value in known.items() if value is not None}


def _line(item: TransactionItem) -> dict[str, Any]:
    known = {
        "sku": {"code": item.sku},
        "name": item.name,
        "quantity": item.quantity,
        "grossValue": item.gross_value,
        "category": item.category,
        "maker": item.maker,
    }
    return {key: value for key, value in known.items() if value != ""}
