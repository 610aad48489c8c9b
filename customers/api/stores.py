"""Stores with what they sold, as Open Loyalty's clients read them. Rule: Open Loyalty, "POS API"."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers.sales import NO_SALES, Sales, sales_at
from loyalty_site.access.actors import Principal
from loyalty_site.access.models import Store
from loyalty_site.api.ids import read_id
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from loyalty_site.api.paging import page_of
from loyalty_site.api.texts import is_storable

ADDRESS = ("street", "address1", "address2", "province", "city", "postal", "country")
SORTS = {
    "posId": "pk",
    "name": "name",
    "identifier": "identifier",
    "description": "description",
    "location.city": "city",
}


class StoreViewSet(ViewSet):
    """Every store; for a token that is bound to one, that one."""

    dialect = OPEN_LOYALTY

    def list(self, request: Request) -> Response:
        """`GET /api/pos` and `GET /api/seller/pos`"""
        page, total = page_of(_in_sight(request.user), request, sorts=SORTS, default="name")
        return Response({"pos": _objects(page), "total": total})

    def retrieve(self, request: Request, store: str) -> Response:
        """`GET /api/pos/<store>`"""
        return _detail(_in_sight(request.user).filter(pk=read_id(store)))

    def by_identifier(self, request: Request, identifier: str) -> Response:
        """`GET /api/pos/identifier/<identifier>`"""
        if not is_storable(identifier):
            raise NotFound
        return _detail(_in_sight(request.user).filter(identifier=identifier))


def _in_sight(caller: Principal) -> QuerySet[Store]:
    stores = Store.objects.all()
    return stores.filter(pk=caller.store_id) if caller.store_id else stores


def _detail(found: QuerySet[Store]) -> Response:
    store = found.first()
    if store is None:
        raise NotFound
    (body,) = _objects([store])
    return Response(body)


def _objects(stores: Sequence[Store]) -> list[dict[str, Any]]:
    """With the figures of all of them in one query."""
    sales = sales_at([store.pk for store in stores])
    return [_object(store, sales.get(store.pk, NO_SALES)) for store in stores]


def _object(store: Store, sales: Sales) -> dict[str, Any]:
    """What is not set is left out."""
    address = {name: getattr(store, name) for name in ADDRESS}
    return {
        "posId": str(store.pk),
        "name": store.name,
        "identifier": store.identifier,
        **({"description": store.description} if store.description else {}),
        "location": {name: value for name, value in address.items() if value},
        "transactionsAmount": sales.amount,
        "transactionsCount": sales.count,
        "currency": settings.CURRENCY,
    }
