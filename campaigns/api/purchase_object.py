"""A purchase as Open Loyalty's clients read it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from campaigns.api.campaign_object import asked_for, page_of_objects
from campaigns.models import Campaign, Purchase
from loyalty_site.api.dates import write_moment

SORTS = {"purchaseAt": "purchased_at", "costInPoints": "cost_in_points", "used": "used", "campaignId": "campaign_id"}


def purchase_objects(
    purchases: Sequence[Purchase],
    at: datetime,
    *,
    with_details: bool,
    most_codes: int,
    with_codes: bool,
    for_customer: bool,
) -> list[dict[str, Any]]:
    """The objects of these purchases; with details, each with its campaign as that reader sees campaigns.

    Without `with_codes` coupons are shown without their codes; `most_codes` is about the pools of the campaigns.
    """
    details = _details(purchases, at, most_codes, for_customer) if with_details else {}
    return [_object(purchase, details, with_codes) for purchase in purchases]


def _object(purchase: Purchase, details: dict[str, dict[str, Any]], with_codes: bool) -> dict[str, Any]:
    campaign_id = str(purchase.campaign_id)
    body = {
        "purchaseAt": write_moment(purchase.purchased_at),
        "costInPoints": purchase.cost_in_points,
        "campaignId": campaign_id,
        "used": purchase.used,
        "coupon": {"code": purchase.coupon.code} if with_codes else {},
    }
    return body | ({"campaign": details[campaign_id]} if campaign_id in details else {})


def _details(
    purchases: Sequence[Purchase], at: datetime, most_codes: int, for_customer: bool
) -> dict[str, dict[str, Any]]:
    campaigns = asked_for(Campaign.objects.filter(pk__in={purchase.campaign_id for purchase in purchases}))
    objects = page_of_objects(list(campaigns), at, most_codes=most_codes, for_customer=for_customer)
    return {body["campaignId"]: body for body in objects}
