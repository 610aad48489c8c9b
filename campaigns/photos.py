"""A campaign's photo: kept in Django's storage, one file for each width, under a random name.

The order in which things happen never leaves a campaign without its file: the new files are written first, the
campaign's row follows in its transaction, and the old files go when that is committed. What a crash or an outage of the
storage leaves behind, `manage.py purge_photos` removes.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from campaigns.images import WIDTHS, Picture
from campaigns.models import Campaign
from campaigns.models.campaign import MIDDLE
from campaigns.services import locked
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.files.outages import StorageUnavailable, storage_asked

FOLDER = "campaigns"


@dataclass(frozen=True)
class Framing:
    """What is known of a picture: what it shows, in words, and what matters in it, in percent of its sides."""

    alt: str = ""
    focus_x: int = MIDDLE
    focus_y: int = MIDDLE


UNKNOWN = Framing()

logger = logging.getLogger(__name__)


@contextmanager
def kept(picture: Picture, campaign_id: UUID) -> Iterator[str]:
    """The name of the picture's files while the campaign is given them; they go again unless it has them afterwards.

    Must stand outside the transaction that gives them. Raises StorageUnavailable.
    """
    name = keep(picture)
    try:
        yield name
    finally:
        if not Campaign.objects.filter(pk=campaign_id, photo=name).exists():
            discard(name)


def keep(picture: Picture) -> str:
    """Write the picture's files. Returns the name of the full one, for `set_photo`. Raises StorageUnavailable."""
    name = f"{FOLDER}/{uuid4().hex}.{picture.extension}"
    try:
        with storage_asked():
            for width, data in picture.by_width.items():
                default_storage.save(name_at(name, width), ContentFile(data))
    except StorageUnavailable:
        discard(name)
        raise
    return name


def read(name: str, width: int = 0) -> bytes:
    """The picture's file at that width. Raises FileNotFoundError and StorageUnavailable."""
    with storage_asked(), default_storage.open(name_at(name, width)) as file:
        return file.read()


def discard(name: str) -> None:
    """Remove the files of a picture that no campaign has; those that the storage holds on to are told in the log."""
    try:
        with storage_asked():
            for width in (0, *WIDTHS):
                default_storage.delete(name_at(name, width))
    except StorageUnavailable as error:
        logger.warning("%s is left behind until purge_photos is run: %s", name, error)


def name_at(name: str, width: int) -> str:
    """The file that holds the picture at that width; 0 is the full one."""
    path = PurePosixPath(name)
    return str(path.with_stem(f"{path.stem}-{width}")) if width else name


@unit_of_work
def set_photo(campaign_id: UUID, name: str, *, actor: Actor, at: datetime, framing: Framing = UNKNOWN) -> Campaign:
    """Give the campaign the photo that `keep` wrote, in the place of an older one. Raises CampaignNotFound.

    What was known of the older one is forgotten.
    """
    return _put(campaign_id, name, framing, actor, at)


@unit_of_work
def remove_photo(campaign_id: UUID, *, actor: Actor, at: datetime) -> Campaign:
    """Take the campaign's photo away; one without a photo stays as it is. Raises CampaignNotFound."""
    return _put(campaign_id, "", UNKNOWN, actor, at)


def _put(campaign_id: UUID, name: str, framing: Framing, actor: Actor, at: datetime) -> Campaign:
    campaign = locked(campaign_id)
    old = campaign.photo.name
    if old == name:
        return campaign
    campaign.photo, campaign.updated_at = name, at
    campaign.photo_alt, campaign.focus_x, campaign.focus_y = framing.alt, framing.focus_x, framing.focus_y
    campaign.save(update_fields=["photo", "photo_alt", "focus_x", "focus_y", "updated_at"])
    action = "removed" if not name else "replaced" if old else "added"
    audit.record(f"photo {action}", campaign, actor=actor, at=at, before={"photo": old}, after={"photo": name})
    if old:
        transaction.on_commit(lambda: discard(old))
    return campaign
