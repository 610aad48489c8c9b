"""Who can see a campaign. Rule: Open Loyalty, "Reward Campaigns API", 'Check campaign visibility for the customers'."""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns.api.customer_object import customers_with_purchases
from campaigns.api.openloyalty import DIALECT, campaign_id_in
from campaigns.audience import visible_customers
from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign
from customers.api.customer_object import asked_for
from loyalty_site.access.coupon_codes import sees_codes
from loyalty_site.api.paging import bounds_of


class VisibleCustomerViewSet(ViewSet):
    dialect = DIALECT

    def list(self, request: Request, campaign: str) -> Response:
        """`GET /api/campaign/<campaign>/customers/visible`, in the order of registration."""
        found = Campaign.objects.filter(pk=campaign_id_in(campaign)).first()
        if found is None:
            raise CampaignNotFound(id=campaign)
        start, stop = bounds_of(request)
        page, total = visible_customers(found, timezone.now(), start, stop, store_id=request.user.store_id)
        objects = customers_with_purchases(list(asked_for(page)), nested_ids=True, with_codes=sees_codes(request.user))
        return Response({"customers": objects, "total": total})
