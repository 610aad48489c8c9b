"""A purchase among those of all customers: as the admin front end reads it, and as a line of its export."""

from typing import Any

from campaigns.models import Purchase
from loyalty_site.api.dates import write_moment
from loyalty_site.csv_rows import Row

COLUMNS = (
    "Campaign",
    "Bought at",
    "Cost in points",
    "Tax value",
    "Code",
    "Used",
    "E-mail",
    "Phone",
    "First name",
    "Last name",
    "Campaign id",
    "Customer id",
)


def bought_object(purchase: Purchase, *, with_code: bool) -> dict[str, Any]:
    """What is not known of the customer is left out."""
    return {
        "purchasedAt": write_moment(purchase.purchased_at),
        "costInPoints": purchase.cost_in_points,
        "campaignId": str(purchase.campaign_id),
        "campaignName": purchase.campaign.name,
        "campaignType": purchase.campaign.reward,
        "customerId": str(purchase.customer_id),
        **_customer(purchase),
        **({} if purchase.campaign.tax_price_value is None else {"taxPriceValue": purchase.campaign.tax_price_value}),
        "coupon": {"code": purchase.coupon.code} if with_code else {},
        "used": purchase.used,
    }


def bought_row(line: Any, *, with_code: bool) -> Row:
    """One of `as_lines`, in the order of COLUMNS."""
    return [
        line.campaign__name,
        write_moment(line.purchased_at),
        line.cost_in_points,
        line.campaign__tax_price_value,
        line.coupon__code if with_code else None,
        "yes" if line.used else "no",
        line.customer__email,
        line.customer__phone,
        line.customer__first_name,
        line.customer__last_name,
        str(line.campaign_id),
        str(line.customer_id),
    ]


def _customer(purchase: Purchase) -> dict[str, str]:
    facts = {
        "customerName": purchase.customer.first_name,
        "customerLastname": purchase.customer.last_name,
        "customerEmail": purchase.customer.email,
        "customerPhone": purchase.customer.phone,
    }
    return {key: text for key, text in facts.items() if text}
