"""Marking many coupons as used at once. Rule: Open Loyalty, campaigns, "Mark coupons as used"."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns import using
from campaigns.api.openloyalty import DIALECT
from campaigns.errors import CouponNotHeld
from campaigns.using import Holding
from customers.api.path import are_in_sight, own_customer
from loyalty_site.access.actors import Principal
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import CheckBoxField, CollectionField, TextField, UUIDField
from loyalty_site.api.form_errors import INVALID, ErrorTree, FormInvalid
from loyalty_site.api.forms import Form, Values

MOST = 1_000  # coupons in one request


class OwnCoupon(Form):
    used = CheckBoxField()
    campaignId = UUIDField(required=True)
    code = TextField(required=True)

    def check(self, values: Values, errors: ErrorTree) -> None:
        """What was used cannot be taken back here."""
        if not values["used"]:
            errors.add(INVALID, "used")


class CustomersCoupon(OwnCoupon):
    customerId = UUIDField(required=True)


class OwnCoupons(Form):
    coupons = CollectionField(child=OwnCoupon(), required=True, max_items=MOST)


class CustomersCoupons(Form):
    coupons = CollectionField(child=CustomersCoupon(), required=True, max_items=MOST)


class CouponsUsedViewSet(ViewSet):
    """All coupons of a request or none. Whatever is wrong with one of them is a plain 400, as the peer has it."""

    dialect = DIALECT

    def mark(self, request: Request) -> Response:
        """`POST /api/admin/campaign/coupons/mark_as_used`"""
        sent = _coupons(CustomersCoupons, request)
        holdings = [Holding(one["campaignId"], one["customerId"], one["code"]) for one in sent]
        return _mark(request, holdings)

    def mark_own(self, request: Request) -> Response:
        """`POST /api/customer/campaign/coupons/mark_as_used`: the customer's own, whatever `customerId` says."""
        customer_id = own_customer(request.user).pk
        sent = _coupons(OwnCoupons, request)
        return _mark(request, [Holding(one["campaignId"], customer_id, one["code"]) for one in sent])


def _coupons(form: type[Form], request: Request) -> list[Values]:
    """What the body names. Raises ParseError: the peer has no form here, and no texts for its fields."""
    try:
        return form.read(request.data)["coupons"]
    except FormInvalid as invalid:
        raise ParseError from invalid


def _mark(request: Request, holdings: list[Holding]) -> Response:
    at = timezone.now()

    def effect() -> tuple[int, dict[str, Any]]:
        _see({holding.customer_id for holding in holdings}, request.user)
        using.mark_all_used(holdings, actor=request.user.actor, at=at)
        return 200, {"coupons": [_object(holding) for holding in holdings]}

    return run_write(request, effect, dialect=DIALECT)


def _see(customer_ids: Collection[UUID], caller: Principal) -> None:
    """Raises CouponNotHeld where a customer is not there for the caller."""
    if not are_in_sight(customer_ids, caller):
        raise CouponNotHeld(missing=1)


def _object(holding: Holding) -> dict[str, Any]:
    return {
        "name": holding.code,
        "used": True,
        "campaignId": str(holding.campaign_id),
        "customerId": str(holding.customer_id),
    }
