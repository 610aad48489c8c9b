"""Reward campaigns as Open Loyalty's clients call them. Rule: Open Loyalty, "Reward Campaigns API"."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns import services, stock
from campaigns.api.buying import sell
from campaigns.api.campaign_filters import filtered
from campaigns.api.campaign_form import CampaignForm, draft_of
from campaigns.api.campaign_object import asked_for, page_of_objects
from campaigns.api.path import campaign_id_in, known_campaign_id
from campaigns.api.purchase_object import SORTS as PURCHASE_SORTS
from campaigns.api.purchase_object import purchase_objects
from campaigns.api.using import use_coupon
from campaigns.buyers import buyer
from campaigns.eligibility import Buyer, Question, holds
from campaigns.errors import (
    CampaignNotFound,
    CampaignNotOnOffer,
    CouponNotHeld,
    CustomerLimitExceeded,
    LimitExceeded,
    NoCouponsLeft,
)
from campaigns.models import Campaign, Purchase
from campaigns.questions import CampaignQuerySet
from customers.api.path import customer_id_in_path, customer_in_path, own_customer
from customers.errors import CustomerMayNotSpend, CustomerNotFound
from loyalty_site.access.actors import Role
from loyalty_site.access.coupon_codes import sees_bought_codes, sees_codes
from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import is_checked
from loyalty_site.api.openloyalty import OpenLoyalty
from loyalty_site.api.paging import page_of
from loyalty_site.api.parameters import parameters_after, parameters_of, query_of
from loyalty_site.api.streaming import streamed
from points.errors import NotEnoughPoints

SORTS = {
    "campaignId": "pk",
    "name": "name",
    "active": "active",
    "reward": "reward",
    "costInPoints": "cost_in_points",
    "limit": "limit",
    "limitPerUser": "limit_per_customer",
    "unlimited": "unlimited",
    "singleCoupon": "single_coupon",
    "campaignActivity.allTimeActive": "all_time_active",
    "campaignActivity.activeFrom": "active_from",
    "campaignActivity.activeTo": "active_to",
    "campaignVisibility.allTimeVisible": "all_time_visible",
    "campaignVisibility.visibleFrom": "visible_from",
    "campaignVisibility.visibleTo": "visible_to",
}

DIALECT = OpenLoyalty(
    says={
        CampaignNotFound: Saying(404),
        CampaignNotOnOffer: Saying(404),
        CustomerNotFound: Saying(404),
        CouponNotHeld: Saying(400),
        NoCouponsLeft: Saying(400, text="No coupons left"),
        LimitExceeded: Saying(400, text="Limit exceeded"),
        CustomerLimitExceeded: Saying(400, text="Limit per customer exceeded"),
        CustomerMayNotSpend: Saying(400, text="Not allowed"),
        NotEnoughPoints: Saying(400, text="Not enough points"),
    }
)


class CampaignViewSet(ViewSet):
    """Campaigns, for the administration."""

    dialect = DIALECT

    def list(self, request: Request) -> Response:
        """`GET /api/campaign`: every campaign, filtered by labels and the admin front end's own filters."""
        return listed(filtered(asked_for(Campaign.objects.all()), request), request, timezone.now())

    def create(self, request: Request) -> Response:
        """`POST /api/campaign`"""
        at = timezone.now()
        draft = draft_of(CampaignForm.read(request.data, root="campaign", at=at))

        def effect() -> tuple[int, dict[str, str]]:
            return 200, _id_of(services.create(draft, actor=request.user.actor, at=at))

        return run_write(request, effect, dialect=self.dialect)

    def retrieve(self, request: Request, campaign: str) -> HttpResponseBase:
        """`GET /api/campaign/<campaign>`"""
        return _detail(request, campaign)

    def replace(self, request: Request, campaign: str) -> Response:
        """`PUT /api/campaign/<campaign>`: the whole data of the campaign is sent."""
        at, campaign_id = timezone.now(), known_campaign_id(campaign)
        draft = draft_of(CampaignForm.read(request.data, root="campaign", at=at))

        def effect() -> tuple[int, dict[str, str]]:
            return 200, _id_of(services.replace(campaign_id, draft, actor=request.user.actor, at=at))

        return run_write(request, effect, dialect=self.dialect)

    def switch_on(self, request: Request, campaign: str) -> Response:
        """`POST /api/campaign/<campaign>/active`"""
        return self._switch(request, campaign, True)

    def switch_off(self, request: Request, campaign: str) -> Response:
        """`POST /api/campaign/<campaign>/inactive`"""
        return self._switch(request, campaign, False)

    def _switch(self, request: Request, campaign: str, active: bool) -> Response:
        at, campaign_id = timezone.now(), campaign_id_in(campaign)
        # none is needed, but what cannot be read is refused
        parameters_after(lambda: known_campaign_id(campaign), request)

        def effect() -> tuple[int, dict[str, str]]:
            return 200, _id_of(services.switch(campaign_id, active, actor=request.user.actor, at=at))

        return run_write(request, effect, dialect=self.dialect)


class SellerCampaignViewSet(ViewSet):
    """Campaigns, for sellers: the list holds what is switched on and visible now."""

    dialect = DIALECT

    def list(self, request: Request) -> Response:
        """`GET /api/seller/campaign`"""
        at = timezone.now()
        return listed(asked_for(Campaign.objects.meeting(Question.SHOWN_TO_SELLERS, None, at)), request, at)

    def retrieve(self, request: Request, campaign: str) -> HttpResponseBase:
        """`GET /api/seller/campaign/<campaign>`: any campaign, also one that is switched off."""
        return _detail(request, campaign)


class CustomerRewardViewSet(ViewSet):
    """What a customer can get, and getting it."""

    dialect = DIALECT

    def available(self, request: Request, customer: str) -> Response:
        """`GET /api/{admin,seller}/customer/<customer>/campaign/available`"""
        at = timezone.now()
        found = buyer(customer_in_path(customer, request.user), at)
        offered = asked_for(Campaign.objects.with_sales_to(found.customer_id))
        return listed(offered.meeting(Question.AVAILABLE, found, at), request, at, found)

    def bought(self, request: Request, customer: str) -> Response:
        """`GET /api/{admin,seller}/customer/<customer>/campaign/bought`"""
        return bought(customer_in_path(customer, request.user).pk, request)

    def use(self, request: Request, customer: str, campaign: str, code: str) -> Response:
        """`POST /api/admin/customer/<customer>/campaign/<campaign>/coupon/<code>`: staff may take it back, too."""
        customer_id = customer_in_path(customer, request.user).pk
        return use_coupon(request, campaign_id_in(campaign), customer_id, code, dialect=self.dialect)

    def buy(self, request: Request, customer: str, campaign: str) -> Response:
        """`POST /api/seller/customer/<customer>/campaign/<campaign>/buy`"""
        buyer_id = partial(customer_id_in_path, customer, request.user)
        return sell(request, campaign, buyer_id, dialect=self.dialect)

    def buy_or_give(self, request: Request, customer: str, campaign: str) -> Response:
        """`POST /api/admin/customer/<customer>/campaign/<campaign>/buy`, `withoutPoints` for nothing."""
        buyer_id = partial(customer_id_in_path, customer, request.user)
        return sell(request, campaign, buyer_id, dialect=self.dialect, may_be_free=True)


def listed(campaigns: CampaignQuerySet, request: Request, at: datetime, found: Buyer | None = None) -> Response:
    """A page of campaigns as the caller may read them; for a buyer with what that customer may still buy."""
    page, total = page_of(campaigns, request, sorts=SORTS, default="created_at")
    most_codes = stock.SHOWN if sees_codes(request.user) else 0
    for_customer = request.user.role == Role.CUSTOMER
    objects = page_of_objects(
        page,
        at,
        most_codes=most_codes,
        buyer=found,
        for_customer=for_customer,
        as_html=not for_customer and wants_html(request),
    )
    return Response({"campaigns": objects, "total": total})


def _detail(request: Request, campaign: str) -> HttpResponseBase:
    found = asked_for(Campaign.objects.filter(pk=campaign_id_in(campaign))).first()
    if found is None:
        raise CampaignNotFound(id=campaign)
    at, for_customer = timezone.now(), request.user.role == Role.CUSTOMER
    if for_customer and not holds(Question.VISIBLE_FOR_CUSTOMER, found, buyer(own_customer(request.user), at), at):
        raise PermissionDenied
    (body,) = page_of_objects([found], at, most_codes=0, for_customer=for_customer, as_html=wants_html(request))
    if not sees_codes(request.user):
        return Response(body)
    return streamed(body, "coupons", stock.in_batches(found.pk))


def bought(customer_id: UUID, request: Request) -> Response:
    """A page of what the customer bought and has; `includeDetails` adds the campaigns."""
    at, for_customer = timezone.now(), request.user.role == Role.CUSTOMER
    purchases = Purchase.objects.filter(customer=customer_id, refunded_at=None).select_related("coupon")
    page, total = page_of(purchases, request, sorts=PURCHASE_SORTS, default="-purchased_at")
    objects = purchase_objects(
        page,
        at,
        with_details=is_checked(parameters_of(request).get("includeDetails")),
        most_codes=stock.SHOWN if sees_codes(request.user) else 0,
        with_codes=sees_bought_codes(request.user),
        for_customer=for_customer,
    )
    return Response({"campaigns": objects, "total": total})


def wants_html(request: Request) -> bool:
    """Whether descriptions are asked for as HTML; any other `format` leaves them as they were written."""
    return query_of(request).get("format") == "html"


def _id_of(campaign: Campaign) -> Mapping[str, str]:
    return {"campaignId": str(campaign.pk)}
