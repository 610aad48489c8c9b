"""Photos' files that no campaign names: left behind where a process ended, or the storage was away, at a bad moment."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from campaigns.models import Campaign
from campaigns.photos import FOLDER
from loyalty_site.files.outages import storage_asked

FILE = re.compile(r"(?P<stem>[0-9a-f]{32})(-\d+)?\.(png|gif|jpg)")  # as `photos.keep` names them, and nothing else
SPARED = timedelta(days=1)  # an upload under way has written files that its campaign does not name yet


def purge(*, at: datetime) -> int:
    """Remove them, unless they are younger than a day. Returns how many. Raises StorageUnavailable."""
    with storage_asked():
        return sum(_removed(file, at) for file in list(_unnamed()))


def _unnamed() -> Iterator[str]:
    files = _listed()  # before the names: what is named later is no day old
    named = {PurePosixPath(photo).stem for photo in Campaign.objects.exclude(photo="").values_list("photo", flat=True)}
    for file in files:
        found = FILE.fullmatch(file)
        if found and found["stem"] not in named:
            yield f"{FOLDER}/{file}"


def _listed() -> list[str]:
    try:
        return default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # no photo was ever kept
        return []


def _removed(file: str, at: datetime) -> bool:
    try:
        if default_storage.get_modified_time(file) > at - SPARED:
            return False
    except FileNotFoundError:  # somebody else removed it just now
        return False
    default_storage.delete(file)
    return True
