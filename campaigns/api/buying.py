"""Buying a reward over HTTP. Rule: Open Loyalty, "Buy reward campaign for a specific customer"."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns import services
from campaigns.api.path import campaign_id_in, known_campaign_id
from customers.api.path import are_in_sight
from customers.errors import CustomerNotFound
from loyalty_site.access import scopes
from loyalty_site.api.dialects import Dialect
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import is_checked
from loyalty_site.api.parameters import parameters_after


def sell(
    request: Request, campaign: str, customer_id: Callable[[], UUID], *, dialect: Dialect, may_be_free: bool = False
) -> Response:
    """Sell the campaign's next coupon and answer its code. `customer_id` finds the buyer, or raises CustomerNotFound.

    Where it may be free, `withoutPoints` in the body makes it so, for callers who may also give points.
    """
    at = timezone.now()
    parameters_after(lambda: _look_up(request, campaign, customer_id()), request)
    free = may_be_free and isinstance(request.data, dict) and is_checked(request.data.get("withoutPoints"))
    if free and not request.user.has_scope(scopes.POINTS_WRITE):
        raise PermissionDenied

    def effect() -> tuple[int, dict[str, Any]]:
        campaign_id, actor = campaign_id_in(campaign), request.user.actor
        purchase = services.buy(campaign_id, customer_id(), actor=actor, at=at, free=free)
        return 200, {"coupon": {"code": purchase.coupon.code}}

    return run_write(request, effect, dialect=dialect)


def _look_up(request: Request, campaign: str, customer_id: UUID) -> None:
    """Raises CustomerNotFound and CampaignNotFound."""
    if not are_in_sight([customer_id], request.user):
        raise CustomerNotFound(id=customer_id)
    known_campaign_id(campaign)
