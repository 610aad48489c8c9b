"""What the clock does to campaigns: they begin and end by their dates alone, but photos' files may be left behind."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from campaigns import photo_purge
from loyalty_site.jobs.kinds import UPKEEP, Kind, once


def purge_photos(at: datetime) -> Mapping[str, int]:
    return {"Files removed": photo_purge.purge(at=at)}


PURGE_PHOTOS = Kind(
    "campaigns.purge_photos",
    _("Remove left-over photos"),
    once(purge_photos),
    "jobs.see_upkeep",
    queue=UPKEEP,
    alone=True,
)
