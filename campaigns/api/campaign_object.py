"""A campaign as Open Loyalty's clients read it. Rule: "Reward Campaigns API", the exemplary responses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from campaigns import stock
from campaigns.api.inline_markdown import rendered
from campaigns.audience import visible_counts
from campaigns.eligibility import Buyer, Question, holds
from campaigns.models import Campaign
from campaigns.questions import CampaignQuerySet
from customers.models import Level, Segment
from loyalty_site.api.dates import write_moment

TEXTS = {
    "shortDescription": "short_description",
    "conditionsDescription": "conditions_description",
    "usageInstruction": "usage_instruction",
    "brandDescription": "brand_description",
}
OPTIONAL = {
    "moreInformationLink": "more_information_link",
    "rewardValue": "reward_value",
    "tax": "tax",
    "taxPriceValue": "tax_price_value",
}
NOT_FOR_CUSTOMERS = ("levels", "segments", "coupons")


@dataclass(frozen=True)
class Page:
    """What a page of campaigns shows beside their own columns, asked set-wise: queries do not grow with the page."""

    codes: dict[UUID, list[str]]
    visible_counts: dict[UUID, int]
    level_names: dict[UUID, str]
    segment_names: dict[UUID, str]
    as_html: bool


def asked_for(campaigns: CampaignQuerySet) -> CampaignQuerySet:
    """The campaigns with all that their objects show."""
    return campaigns.with_stock().with_sales().with_details()


def page_of_objects(
    campaigns: Sequence[Campaign],
    at: datetime,
    *,
    most_codes: int,
    buyer: Buyer | None = None,
    for_customer: bool = False,
    as_html: bool = False,
) -> list[dict[str, Any]]:
    """The objects of these campaigns, each with so many of its codes at most.

    For a buyer they also say what that customer may still buy. Customers read neither codes nor whom it is aimed at.
    With `as_html` the descriptions are rendered.
    """
    ids = [campaign.pk for campaign in campaigns]
    levels = {target.level_id for campaign in campaigns for target in campaign.level_targets.all()}
    segments = {target.segment_id for campaign in campaigns for target in campaign.segment_targets.all()}
    page = Page(
        codes=stock.shown(ids, most_codes) if most_codes else {},
        visible_counts=visible_counts(campaigns, at),
        level_names=_names(Level, levels),
        segment_names=_names(Segment, segments),
        as_html=as_html,
    )
    objects = [_object(campaign, page, at, buyer) for campaign in campaigns]
    hidden = NOT_FOR_CUSTOMERS if for_customer else ()
    return [{key: value for key, value in body.items() if key not in hidden} for body in objects]


def _names(model: type[Level | Segment], ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(model.objects.filter(pk__in=ids).values_list("pk", "name"))


def _object(campaign: Campaign, page: Page, at: datetime, buyer: Buyer | None) -> dict[str, Any]:
    levels = [target.level_id for target in campaign.level_targets.all()]
    segments = [target.segment_id for target in campaign.segment_targets.all()]
    return {
        "levels": [str(level) for level in levels],
        "segments": [str(segment) for segment in segments],
        "coupons": page.codes.get(campaign.pk, []),
        "campaignId": str(campaign.pk),
        "reward": campaign.reward,
        "name": campaign.name,
        **_texts(campaign, page.as_html),
        **_optional(campaign),
        "active": campaign.active,
        "costInPoints": campaign.cost_in_points,
        "singleCoupon": campaign.single_coupon,
        "unlimited": campaign.unlimited,
        **_limits(campaign),
        "campaignActivity": _activity(campaign),
        "campaignVisibility": _visibility(campaign),
        "labels": [_label(label.key, label.value) for label in campaign.labels.all()],
        "segmentNames": _by_id(segments, page.segment_names),
        "levelNames": _by_id(levels, page.level_names),
        **_activity_to_come(campaign, at),
        "usageLeft": stock.left(campaign),
        **(_for_buyer(campaign, buyer, at) if buyer else {}),
        "visibleForCustomersCount": page.visible_counts.get(campaign.pk, 0),
        "usersWhoUsedThisCampaignCount": campaign.buyers,
        "hasPhoto": bool(campaign.photo),
    }


def _texts(campaign: Campaign, as_html: bool) -> dict[str, str]:
    """Texts that are not set are left out."""
    texts = {key: getattr(campaign, column) for key, column in TEXTS.items()}
    return {key: rendered(text) if as_html else text for key, text in texts.items() if text}


def _optional(campaign: Campaign) -> dict[str, str | Decimal]:
    """What is not set is left out; a tax of 0 is set."""
    values = {key: getattr(campaign, column) for key, column in OPTIONAL.items()}
    return {key: value for key, value in values.items() if value not in (None, "")}


def _limits(campaign: Campaign) -> dict[str, int]:
    if campaign.unlimited:
        return {}
    return {"limit": campaign.limit, "limitPerUser": campaign.limit_per_customer}


def _activity(campaign: Campaign) -> dict[str, Any]:
    if campaign.all_time_active:
        return {"allTimeActive": True}
    window = {"activeFrom": write_moment(campaign.active_from), "activeTo": write_moment(campaign.active_to)}
    return {"allTimeActive": False, **window}


def _visibility(campaign: Campaign) -> dict[str, Any]:
    if campaign.all_time_visible:
        return {"allTimeVisible": True}
    window = {"visibleFrom": write_moment(campaign.visible_from), "visibleTo": write_moment(campaign.visible_to)}
    return {"allTimeVisible": False, **window}


def _activity_to_come(campaign: Campaign, at: datetime) -> dict[str, str]:
    """The activity window of a campaign that is not active now, even where it is past."""
    if campaign.all_time_active or campaign.is_active_at(at):
        return {}
    return {
        "will_be_active_from": write_moment(campaign.active_from),
        "will_be_active_to": write_moment(campaign.active_to),
    }


def _label(key: str, value: str | None) -> dict[str, str]:
    return {"key": key} if value is None else {"key": key, "value": value}


def _by_id(ids: Sequence[UUID], names: dict[UUID, str]) -> dict[str, str] | list[Any]:
    """Names of those that exist; an empty map is `[]`, as PHP writes it."""
    return {str(key): names[key] for key in ids if key in names} or []


def _for_buyer(campaign: Campaign, buyer: Buyer, at: datetime) -> dict[str, Any]:
    return {
        "usageLeftForCustomer": stock.left_for_customer(campaign),
        "canBeBoughtByCustomer": holds(Question.CAN_BE_BOUGHT, campaign, buyer, at),
    }
