"""Marking a coupon as used over HTTP. Rule: Open Loyalty, the customer's and the admin's coupon endpoints."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import using
from loyalty_site.access.actors import Role
from loyalty_site.api.dialects import Dialect
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import is_checked
from loyalty_site.api.texts import is_storable

MISSING = {"errors": 'field "used" is required'}


def use_coupon(request: Request, campaign_id: UUID, customer_id: UUID, code: str, *, dialect: Dialect) -> Response:
    """Mark the customer's coupon as the body's `used` says, and answer it as it was sent; an unknown code is no error.

    Customers may only mark a coupon as used, not take that back: the till may have honoured it.
    """
    at, body = timezone.now(), request.data if isinstance(request.data, dict) else {}
    if body.get("used") is None:
        return Response(MISSING, 400)
    used = is_checked(body["used"])
    may_change = used or request.user.role != Role.CUSTOMER

    def effect() -> tuple[int, dict[str, Any]]:
        if may_change and is_storable(code):
            using.mark_used(campaign_id, customer_id, code, used, actor=request.user.actor, at=at)
        return 200, {"used": body["used"] if used else False}

    return run_write(request, effect, dialect=dialect)
