"""Labels of campaigns, added and removed one at a time; the rest of the campaign stays as it is."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from campaigns.models import Campaign, Label
from campaigns.services import locked
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work

LabelText = tuple[str, str | None]  # key and value; a label may be a key alone
LABELLED = "campaign labels changed"


@unit_of_work
def add(campaign_id: UUID, label: LabelText, *, actor: Actor, at: datetime, position: int | None = None) -> int | None:
    """Give the campaign the label, behind its others unless a place is named. Returns its key; None: it has it.

    Raises CampaignNotFound.
    """
    campaign = locked(campaign_id)
    key, value = label
    if campaign.labels.filter(key=key, value=value).exists():
        return None
    before = _told(campaign)
    if position is None:
        last = campaign.labels.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    made = Label.objects.create(campaign=campaign, key=key, value=value, position=position)
    _tell(campaign, before, actor=actor, at=at)
    return made.pk


@unit_of_work
def remove(campaign_id: UUID, label: LabelText, *, actor: Actor, at: datetime) -> int | None:
    """Take the label from the campaign, however often it has it. Returns its place; None: it does not have it.

    Raises CampaignNotFound.
    """
    campaign = locked(campaign_id)
    key, value = label
    found = campaign.labels.filter(key=key, value=value)
    places = list(found.values_list("position", flat=True))
    if not places:
        return None
    before = _told(campaign)
    found.delete()
    _tell(campaign, before, actor=actor, at=at)
    return min(places)


def _told(campaign: Campaign) -> list[str]:
    return [str(label) for label in campaign.labels.order_by("position")]


def _tell(campaign: Campaign, before: list[str], *, actor: Actor, at: datetime) -> None:
    campaign.updated_at = at
    campaign.save(update_fields=["updated_at"])
    changes = {"before": {"labels": before}, "after": {"labels": _told(campaign)}}
    audit.record(LABELLED, campaign, actor=actor, at=at, **changes)
