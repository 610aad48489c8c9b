"""Rewards as a customer who has logged in sees, buys and uses them. Rule: Open Loyalty, the customer's front end."""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns.api.buying import sell
from campaigns.api.campaign_object import asked_for
from campaigns.api.openloyalty import DIALECT, bought, listed
from campaigns.api.path import campaign_id_in
from campaigns.api.using import use_coupon
from campaigns.buyers import buyer
from campaigns.eligibility import Question
from campaigns.models import Campaign
from customers.api.path import own_customer


class OwnRewardViewSet(ViewSet):
    """What the customer who calls can get, gets and has."""

    dialect = DIALECT

    def available(self, request: Request) -> Response:
        """`GET /api/customer/campaign/available`"""
        at = timezone.now()
        found = buyer(own_customer(request.user), at)
        offered = asked_for(Campaign.objects.with_sales_to(found.customer_id))
        return listed(offered.meeting(Question.AVAILABLE, found, at), request, at, found)

    def bought(self, request: Request) -> Response:
        """`GET /api/customer/campaign/bought`"""
        return bought(own_customer(request.user).pk, request)

    def buy(self, request: Request, campaign: str) -> Response:
        """`POST /api/customer/campaign/<campaign>/buy`"""
        return sell(request, campaign, lambda: own_customer(request.user).pk, dialect=self.dialect)

    def use(self, request: Request, campaign: str, code: str) -> Response:
        """`POST /api/customer/campaign/<campaign>/coupon/<code>`"""
        customer_id = own_customer(request.user).pk
        return use_coupon(request, campaign_id_in(campaign), customer_id, code, dialect=self.dialect)
