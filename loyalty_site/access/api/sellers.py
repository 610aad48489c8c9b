"""The list of sellers, as Open Loyalty's clients read it. Rule: Open Loyalty, "Seller API", 'Get list of sellers'."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from loyalty_site.access.actors import Role
from loyalty_site.access.models import User
from loyalty_site.access.store_scope import in_scope_of
from loyalty_site.api.fields import is_checked
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from loyalty_site.api.paging import page_of
from loyalty_site.api.parameters import parameters_of
from loyalty_site.api.texts import is_storable, trimmed

PARTS = {"firstName": "first_name", "lastName": "last_name", "email": "email", "phone": "phone"}
SORTS = {
    "sellerId": "pk",
    "name": "first_name",
    **PARTS,
    "active": "is_active",
    "posName": "store__name",
    "posCity": "store__city",
}


class SellerViewSet(ViewSet):
    """Accounts that log in at a till; for a token that is bound to a store, those of that store and those of none."""

    dialect = OPEN_LOYALTY

    def list(self, request: Request) -> Response:
        """`GET /api/seller`"""
        sellers = User.objects.filter(in_scope_of(request.user.store_id), role=Role.SELLER).select_related("store")
        found = _filtered(sellers, parameters_of(request))
        page, total = page_of(found, request, sorts=SORTS, default="date_joined")
        return Response({"sellers": [_object(seller) for seller in page], "total": total})


def _filtered(sellers: QuerySet[User], asked: Mapping[str, Any]) -> QuerySet[User]:
    """Those with each of these parts in their names, e-mail and phone, at that store, active or not."""
    for name, column in PARTS.items():
        if text := _text(asked.get(name)):
            sellers = sellers.filter(**{f"{column}__icontains": text})
    if text := _text(asked.get("posId")):
        store_id = uuid_in(text)
        sellers = sellers.filter(store=store_id) if store_id else sellers.none()
    if asked.get("active") not in (None, ""):
        sellers = sellers.filter(is_active=is_checked(asked["active"]))
    return sellers


def _text(raw: Any) -> str:
    return trimmed(raw) if isinstance(raw, str) and is_storable(raw) and len(raw) <= 255 else ""


def _object(seller: User) -> dict[str, Any]:
    """What is not set is left out. An account is switched off, never deleted."""
    store = seller.store
    known = {
        "name": seller.get_full_name(),
        "sellerId": str(seller.pk),
        "firstName": seller.first_name,
        "lastName": seller.last_name,
        "email": seller.email,
        "phone": seller.phone,
        "posId": store and str(store.pk),
        "posName": store and store.name,
        "posCity": store and store.city,
        "active": seller.is_active,
        "deleted": False,
    }
    return {key: value for key, value in known.items() if value not in (None, "")}
