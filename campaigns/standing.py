"""How a campaign stands, saved or as a form has it: what must be known to tell whether it is ready."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from campaigns.models import Campaign, Coupon
from customers.crowds.models import LevelCrowd, SegmentCrowd
from customers.models import Level, Segment

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class Group:
    """A level or a segment that a campaign is aimed at."""

    name: str
    active: bool
    has_members: bool
    field: str  # of the campaign's form, by which it is chosen


@dataclass(frozen=True, kw_only=True)
class Standing:
    campaign: Campaign
    aims: int  # how many levels and segments it names, whether or not they exist
    groups: Sequence[Group]  # those that exist
    has_codes: bool
    free: int  # codes that nobody holds, with those above the limit
    sold: int

    @property
    def bought_within(self) -> Window | None:
        """The days on which it can be bought; None: at any time."""
        campaign = self.campaign
        return None if campaign.all_time_active else (campaign.active_from, campaign.active_to)

    @property
    def shown_within(self) -> Window | None:
        campaign = self.campaign
        return None if campaign.all_time_visible else (campaign.visible_from, campaign.visible_to)


def saved_standings(campaign_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """How these campaigns stand, in as many queries as for one; those that do not exist are left out."""
    codes = Coupon.objects.filter(campaign=OuterRef("pk"), voided_at=None)
    asked = Campaign.objects.with_stock().with_sold().with_details().annotate(has_codes=Exists(codes))
    campaigns = list(asked.filter(pk__in=list(campaign_ids)))
    levels = {target.level_id for campaign in campaigns for target in campaign.level_targets.all()}
    segments = {target.segment_id for campaign in campaigns for target in campaign.segment_targets.all()}
    groups = groups_of(levels, segments)
    return {campaign.pk: _saved(campaign, groups) for campaign in campaigns}


def groups_of(level_ids: Collection[UUID], segment_ids: Collection[UUID]) -> dict[UUID, Group]:
    """Those of the levels and segments that exist."""
    peopled = {*_peopled(LevelCrowd, "level_id", level_ids), *_peopled(SegmentCrowd, "segment_id", segment_ids)}
    levels = Level.objects.filter(pk__in=level_ids).values_list("pk", "name", "active")
    segments = Segment.objects.filter(pk__in=segment_ids).values_list("pk", "name", "active")
    found = [("levels", *row) for row in levels] + [("segments", *row) for row in segments]
    return {pk: Group(name, active, pk in peopled, field) for field, pk, name, active in found}


def _saved(campaign: Campaign, groups: dict[UUID, Group]) -> Standing:
    aims = [target.level_id for target in campaign.level_targets.all()]
    aims += [target.segment_id for target in campaign.segment_targets.all()]
    return Standing(
        campaign=campaign,
        aims=len(aims),
        groups=[groups[aim] for aim in aims if aim in groups],
        has_codes=campaign.has_codes,
        free=campaign.left + campaign.codes_withheld,
        sold=campaign.sold,
    )


def _peopled(crowds: type[LevelCrowd | SegmentCrowd], column: str, ids: Collection[UUID]) -> set[UUID]:
    """Those of the groups that have somebody."""
    return set(crowds.objects.filter(**{f"{column}__in": ids}, members__gt=0).values_list(column, flat=True).distinct())
