"""A second campaign made after a first one, to be changed and sold later."""

from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from campaigns import photos
from campaigns.errors import CampaignNotFound, PhotoOutOfReach
from campaigns.images import WIDTHS, Picture
from campaigns.models import Campaign, Label, LevelTarget, SegmentTarget
from campaigns.services import snapshot
from campaigns.windows import day_of
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.days import LAST_DAY, ONE_DAY
from loyalty_site.files.outages import StorageUnavailable

DATES = ("active_from", "active_to", "visible_from", "visible_to")


@unit_of_work
def copy(
    campaign_id: UUID, *, copy_id: UUID, name: str, first_day: date | None, actor: Actor, at: datetime
) -> Campaign:
    """A campaign with the same rules, texts, targets, labels and picture, switched off and without codes.

    Its dates are moved by whole days, so that it begins on the first day; None leaves them. Raises CampaignNotFound,
    and PhotoOutOfReach where its picture cannot be copied.
    """
    original = Campaign.objects.with_details().filter(pk=campaign_id).first()
    if original is None:
        raise CampaignNotFound(id=campaign_id)
    picture = _second_picture(original)
    try:
        made = _written(original, copy_id, name, first_day, picture, at)
        _aim_alike(original, made)
        after = {"copy_of": str(original.pk)} | snapshot(made)
        audit.record("campaign copied", made, actor=actor, at=at, after=after)
    except BaseException:
        if picture:
            photos.discard(picture)
        raise
    return made


def begins_on(campaign: Campaign) -> date | None:
    """The first day on which it can be bought, or else seen; None: it always could."""
    first = campaign.visible_from if campaign.all_time_active else campaign.active_from
    return day_of(first) if first else None


def next_begin(campaign: Campaign, today: date) -> date | None:
    """The day after its last one, but none that is over or beyond our time; None where its dates have no begin."""
    last = campaign.visible_to if campaign.all_time_active else campaign.active_to
    if last is None:
        return None
    return max(day_of(last) + ONE_DAY, today) if day_of(last) < LAST_DAY else today


def _written(
    original: Campaign, copy_id: UUID, name: str, first_day: date | None, picture: str, at: datetime
) -> Campaign:
    """The row: every column as it is, but for those that are the original's own."""
    columns = [column.attname for column in Campaign._meta.concrete_fields if not column.primary_key]
    own = {"name": name, "active": False, "photo": picture, "created_at": at, "updated_at": at}
    own |= {"codes_withheld": 0, "paused_by_itself_at": None}
    made = Campaign(pk=copy_id, **{column: getattr(original, column) for column in columns} | own)
    begin = begins_on(original)
    if first_day and begin:
        for column in DATES:
            setattr(made, column, _moved(getattr(original, column), (first_day - begin).days))
    made.save(force_insert=True)
    return made


def _aim_alike(original: Campaign, made: Campaign) -> None:
    for model, rows in (
        (LevelTarget, original.level_targets.all()),
        (SegmentTarget, original.segment_targets.all()),
        (Label, original.labels.all()),
    ):
        for row in rows:
            row.pk, row.campaign = None, made
        model.objects.bulk_create(rows)


def _moved(moment: datetime | None, days: int) -> datetime | None:
    """By whole days of the programme: the same time of day, whatever the clocks do in between.

    What is said to be for ever, by a day at the calendar's end, stays so.
    """
    if moment is None:
        return None
    zone = ZoneInfo(settings.LOYALTY_TIME_ZONE)
    try:
        local = moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return moment


def _second_picture(original: Campaign) -> str:
    """The name of files of its own with the same picture; empty where there is none, or its files are lost."""
    name = original.photo.name
    if not name:
        return ""
    try:
        by_width = {width: photos.read(name, width) for width in (0, *WIDTHS)}
        return photos.keep(Picture(PurePosixPath(name).suffix.removeprefix("."), by_width))
    except FileNotFoundError:
        return ""
    except StorageUnavailable as outage:
        raise PhotoOutOfReach from outage
