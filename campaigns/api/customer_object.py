"""A customer with what he or she bought, as Open Loyalty's clients read one."""

from collections.abc import Sequence
from typing import Any

from campaigns.latest_purchases import latest_purchases
from campaigns.models import Purchase
from customers.api.customer_object import customer_objects
from customers.models import Customer
from loyalty_site.api.dates import write_moment

SHOWN_IN_LISTS = 100
SHOWN_IN_DETAILS = 1_000


def customers_with_purchases(
    customers: Sequence[Customer], *, most: int = SHOWN_IN_LISTS, nested_ids: bool = False, with_codes: bool = True
) -> list[dict[str, Any]]:
    """The objects of these customers, each with so many of the latest purchases; two queries, however many they are.

    The customers were asked for by `customers.api.customer_object.asked_for`. `nested_ids` writes a purchase's
    campaign as `{"campaignId": "…"}`, as the documented example of the visible customers does; else it is a text.
    Without `with_codes` coupons are shown without their codes.
    """
    purchases = latest_purchases([customer.pk for customer in customers], most)
    objects = customer_objects(customers)
    for customer, body in zip(customers, objects, strict=True):
        body["campaignPurchases"] = [_purchase(one, nested_ids, with_codes) for one in purchases[customer.pk]]
    return objects


def _purchase(purchase: Purchase, nested_ids: bool, with_codes: bool) -> dict[str, Any]:
    campaign_id = str(purchase.campaign_id)
    return {
        "purchaseAt": write_moment(purchase.purchased_at),
        "costInPoints": purchase.cost_in_points,
        "campaignId": {"campaignId": campaign_id} if nested_ids else campaign_id,
        "used": purchase.used,
        "coupon": {"code": purchase.code} if with_codes else {},
    }
