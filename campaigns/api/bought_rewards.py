"""What all customers bought: the list of redeemed rewards and its export. Rule: Open Loyalty, "Bought campaigns"."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns.api.bought_object import COLUMNS, bought_object, bought_row
from campaigns.api.openloyalty import DIALECT
from campaigns.exporting import note_export
from campaigns.models import Purchase
from campaigns.questions import PurchaseQuerySet
from loyalty_site.access.actors import Principal
from loyalty_site.access.coupon_codes import sees_codes
from loyalty_site.access.store_scope import in_scope_of
from loyalty_site.api.date_fields import MomentField
from loyalty_site.api.dates import house_zone
from loyalty_site.api.fields import is_checked
from loyalty_site.api.forms import Form
from loyalty_site.api.paging import page_of
from loyalty_site.api.parameters import parameters_of
from loyalty_site.csv_rows import Row, csv_chunks, csv_download
from loyalty_site.walking import latest_first

SORTS = {
    "purchasedAt": "purchased_at",
    "purchaseAt": "purchased_at",
    "costInPoints": "cost_in_points",
    "used": "used",
    "campaignId": "campaign_id",
    "customerId": "customer_id",
}


class BoughtForm(Form):
    purchasedAtFrom = MomentField()
    purchasedAtTo = MomentField(end=True)


class BoughtRewardViewSet(ViewSet):
    dialect = DIALECT

    def list(self, request: Request) -> Response:
        """`GET /api/campaign/bought`, the latest first."""
        found = _meeting(_filters_of(request), request.user)
        page, total = page_of(found.for_reports(), request, sorts=SORTS, default="-purchased_at")
        with_code = sees_codes(request.user)
        return Response({"boughtCampaigns": [bought_object(one, with_code=with_code) for one in page], "total": total})

    def export(self, request: Request) -> StreamingHttpResponse:
        """`GET /api/campaign/bought/export/csv`: all that the list's filters leave, the latest first."""
        at = timezone.now()
        with_code = sees_codes(request.user)
        filters = _filters_of(request)
        note_export(filters, actor=request.user.actor, at=at)
        batches = latest_first(_meeting(filters, request.user).as_lines(), "purchased_at")

        def rows() -> Iterator[list[Row]]:
            for batch in batches:
                yield [bought_row(line, with_code=with_code) for line in batch]

        day = at.astimezone(house_zone()).date()
        return csv_download(f"bought-rewards-{day}.csv", csv_chunks(COLUMNS, rows()))


def _filters_of(request: Request) -> dict[str, Any]:
    """What is asked for, None where nothing is. Raises FormInvalid at an unreadable date."""
    asked = parameters_of(request)
    between = BoughtForm.read(asked, at=timezone.now())
    used = None if asked.get("used") in (None, "") else is_checked(asked["used"])
    return {"used": used, "purchased_from": between["purchasedAtFrom"], "purchased_to": between["purchasedAtTo"]}


def _meeting(filters: Mapping[str, Any], caller: Principal) -> PurchaseQuerySet:
    """The purchases in the caller's sight that stand and meet the filters."""
    purchases = Purchase.objects.filter(in_scope_of(caller.store_id, "customer__store"), refunded_at=None)
    if filters["used"] is not None:
        purchases = purchases.filter(used=filters["used"])
    if filters["purchased_from"]:
        purchases = purchases.filter(purchased_at__gte=filters["purchased_from"])
    if filters["purchased_to"]:  # to the second, of which the whole counts
        purchases = purchases.filter(purchased_at__lte=filters["purchased_to"].replace(microsecond=999_999))
    return purchases
