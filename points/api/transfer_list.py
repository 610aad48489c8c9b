"""The lists of movements of points: everybody's for staff and sellers, a customer's own. Rule: Open Loyalty, "Points
transfers".
"""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers.api.path import own_customer
from customers.errors import CustomerNotFound
from loyalty_site.access.coupon_codes import sees_bought_codes
from loyalty_site.access.store_scope import in_scope_of
from loyalty_site.api.dialects import Saying
from loyalty_site.api.openloyalty import OpenLoyalty
from loyalty_site.api.paging import page_of
from loyalty_site.api.parameters import parameters_of
from points.api.transfer_filters import filtered, of_customers
from points.api.transfer_object import transfer_objects
from points.history import movements
from points.questions import TransferQuerySet

CUSTOMER = "account__customer__"
# But for createdAt, which an index keeps, a sort reads every movement found: none is by what lies in other tables,
# save a name that has an index.
SORTS = {
    "pointsTransferId": "pk",
    "createdAt": "created_at",
    "expireAt": "expires_on",
    "expiresAt": "expires_on",
    "value": "value",
    "type": "kind",
    "issuer": "channel",
    "customerId": "account",
    "customerLastName": f"{CUSTOMER}last_name",
}


class TransferListViewSet(ViewSet):
    """The latest movement first."""

    dialect = OpenLoyalty(says={CustomerNotFound: Saying(404)})

    def list(self, request: Request) -> Response:
        """`GET /api/points/transfer` and its twin below `/api/seller/`"""
        in_sight = movements().filter(in_scope_of(request.user.store_id, f"{CUSTOMER}store"))
        return _listed(of_customers(in_sight, parameters_of(request)), request, default="-created_at")

    def own(self, request: Request) -> Response:
        """`GET /api/customer/points/transfer`"""
        own = movements().filter(account=own_customer(request.user).pk)
        return _listed(own, request, default="-sequence")


def _listed(found: TransferQuerySet, request: Request, *, default: str) -> Response:
    at = timezone.now()
    found = filtered(found, parameters_of(request), at)
    page, total = page_of(found, request, sorts=SORTS, default=default)
    objects = transfer_objects(page, at, with_codes=sees_bought_codes(request.user))
    return Response({"transfers": objects, "total": total})
