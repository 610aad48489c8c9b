"""Changes to campaigns; `buy` and `refund` stand in selling.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from campaigns import stock
from campaigns.errors import CampaignNotFound, NoCodes
from campaigns.models import Campaign, Label, LevelTarget, SegmentTarget
from campaigns.selling import buy, refund
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work

__all__ = [
    "Draft",
    "add_codes",
    "buy",
    "change_settings",
    "create",
    "refund",
    "replace",
    "revise",
    "switch",
    "switch_back",
]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything a campaign is made of. `settings` are columns of Campaign by name."""

    settings: Mapping[str, Any]
    codes: Sequence[str]
    level_ids: Sequence[UUID] = field(default_factory=list)
    segment_ids: Sequence[UUID] = field(default_factory=list)
    labels: Sequence[tuple[str, str | None]] = field(default_factory=list)


@unit_of_work
def create(
    draft: Draft, *, actor: Actor, at: datetime, campaign_id: UUID | None = None, codes_may_follow: bool = False
) -> Campaign:
    """Add a campaign with its codes. Raises NoCodes when no code is left without blanks, unless codes may follow."""
    if not codes_may_follow and not stock.cleaned(draft.codes):
        raise NoCodes
    identity = {"pk": campaign_id} if campaign_id else {}
    campaign = Campaign(**identity, **draft.settings, created_at=at, updated_at=at)
    campaign.save(force_insert=True)
    _aim(campaign, draft)
    stock.add(campaign, draft.codes)
    audit.record("campaign created", campaign, actor=actor, at=at, after=snapshot(campaign))
    return campaign


@unit_of_work
def replace(campaign_id: UUID, draft: Draft, *, actor: Actor, at: datetime) -> Campaign:
    """Make the campaign what the draft says; codes that were sold stay. Raises CampaignNotFound and NoCodes.

    Rule: Open Loyalty, "Reward Campaigns API", "Update a campaign": the whole data is sent.
    """
    campaign = locked(campaign_id)
    before = snapshot(campaign)
    _set(campaign, draft.settings, at)
    _aim_anew(campaign, draft)
    stock.replace(campaign, draft.codes, at=at)
    audit.record("campaign replaced", campaign, actor=actor, at=at, before=before, after=snapshot(campaign))
    return campaign


@unit_of_work
def revise(campaign_id: UUID, draft: Draft, *, actor: Actor, at: datetime) -> Campaign:
    """Make settings, targets and labels what the draft says, and add its codes to those that are there.

    Raises CampaignNotFound.
    """
    campaign = locked(campaign_id)
    before = snapshot(campaign)
    _set(campaign, draft.settings, at)
    _aim_anew(campaign, draft)
    stock.add(campaign, draft.codes)
    audit.record("campaign changed", campaign, actor=actor, at=at, before=before, after=snapshot(campaign))
    return campaign


@unit_of_work
def change_settings(campaign_id: UUID, settings: Mapping[str, Any], *, actor: Actor, at: datetime) -> Campaign:
    """Change some columns of a campaign, and its stock where they bear on it. Raises CampaignNotFound."""
    campaign = locked(campaign_id)
    before = snapshot(campaign)
    _set(campaign, settings, at)
    stock.recount(campaign)
    audit.record("campaign changed", campaign, actor=actor, at=at, before=before, after=snapshot(campaign))
    return campaign


@unit_of_work
def switch(campaign_id: UUID, active: bool, *, actor: Actor, at: datetime) -> Campaign:
    """Switch a campaign on or off; doing it twice changes nothing. Raises CampaignNotFound."""
    return _switched(campaign_id, {"active": active}, actor=actor, at=at)


@unit_of_work
def switch_back(
    campaign_id: UUID, active: bool, paused_by_itself_at: datetime | None, *, actor: Actor, at: datetime
) -> Campaign:
    """Undo a switch, and what it did to the watch of the stock. Raises CampaignNotFound."""
    settings = {"active": active, "paused_by_itself_at": paused_by_itself_at}
    return _switched(campaign_id, settings, actor=actor, at=at)


def _switched(campaign_id: UUID, settings: Mapping[str, Any], *, actor: Actor, at: datetime) -> Campaign:
    campaign, active = locked(campaign_id), settings["active"]
    if campaign.active != active:
        _set(campaign, settings, at)
        action = gettext_noop("campaign switched on") if active else gettext_noop("campaign switched off")
        changes = {"before": {"active": not active}, "after": {"active": active}}
        audit.record(action, campaign, actor=actor, at=at, **changes)
    return campaign


@unit_of_work
def add_codes(campaign_id: UUID, codes: Sequence[str], *, actor: Actor, at: datetime) -> int:
    """Append codes that the campaign does not have, or has no more. Returns how many. Raises CampaignNotFound."""
    campaign = locked(campaign_id)
    added = stock.add(campaign, codes)
    audit.record("coupons added", campaign, actor=actor, at=at, after={"added": added})
    return added


def locked(campaign_id: UUID) -> Campaign:
    """The campaign, held against other changes; sales go on. Raises CampaignNotFound."""
    campaign = Campaign.objects.select_for_update(no_key=True).filter(pk=campaign_id).first()
    if campaign is None:
        raise CampaignNotFound(id=campaign_id)
    return campaign


def snapshot(campaign: Campaign) -> dict[str, Any]:
    """The campaign as the audit trail keeps it: no codes, only how many there are."""
    skipped = {"id", "created_at", "updated_at", "codes_withheld", "paused_by_itself_at"}
    columns = [column for column in campaign._meta.concrete_fields if column.name not in skipped]
    settings = {column.name: _told(column.value_from_object(campaign)) for column in columns if column.name != "photo"}
    return settings | {
        "levels": [str(target.level_id) for target in campaign.level_targets.all()],
        "segments": [str(target.segment_id) for target in campaign.segment_targets.all()],
        "labels": [str(label) for label in campaign.labels.all()],
        "codes": campaign.coupons.filter(voided_at=None).count(),
    }


def _told(value: Any) -> Any:
    """An amount, or a moment, reads the same before it is stored and after."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _set(campaign: Campaign, settings: Mapping[str, Any], at: datetime) -> None:
    if campaign.active and not settings.get("active", True):  # by hand: its stock is looked at anew once it is on again
        campaign.paused_by_itself_at = None
    for name, value in settings.items():
        setattr(campaign, name, value)
    campaign.updated_at = at
    campaign.save(update_fields={*settings, "paused_by_itself_at", "updated_at"})


def _aim_anew(campaign: Campaign, draft: Draft) -> None:
    for old in (campaign.level_targets, campaign.segment_targets, campaign.labels):
        old.all().delete()
    _aim(campaign, draft)


def _aim(campaign: Campaign, draft: Draft) -> None:
    """Write targets and labels, in the order they were given."""
    levels, segments = dict.fromkeys(draft.level_ids), dict.fromkeys(draft.segment_ids)
    LevelTarget.objects.bulk_create(
        LevelTarget(campaign=campaign, level_id=level, position=n) for n, level in enumerate(levels)
    )
    SegmentTarget.objects.bulk_create(
        SegmentTarget(campaign=campaign, segment_id=segment, position=n) for n, segment in enumerate(segments)
    )
    Label.objects.bulk_create(
        Label(campaign=campaign, key=key, value=value, position=n) for n, (key, value) in enumerate(draft.labels)
    )
