"""Files that no campaign names are removed when they are a day old."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns import photos
from campaigns.photo_purge import purge
from tests.buckets import bucket, unreachable
from tests.builders import SHOP, campaign
from tests.campaigns.pictures import PICTURE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(monkeypatch, tmp_path):
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(tmp_path))
    return tmp_path


def kept(media, *, hours: int) -> str:
    """A picture that was written so long ago."""
    name = photos.keep(PICTURE)
    written = (timezone.now() - timedelta(hours=hours)).timestamp()
    for file in media.glob(name.replace(".png", "*")):
        os.utime(file, (written, written))
    return name


def files(media) -> list[str]:
    return sorted(str(file.relative_to(media)) for file in media.rglob("*") if file.is_file())


def test_every_width_of_what_no_campaign_names_goes(media):
    kept(media, hours=25)
    assert purge(at=timezone.now()) == 4
    assert files(media) == []


def test_what_a_campaign_names_stays(media):
    photos.set_photo(campaign().pk, kept(media, hours=999), **SHOP)
    before = files(media)
    assert purge(at=timezone.now()) == 0
    assert (len(before), files(media)) == (4, before)


def test_what_is_younger_than_a_day_stays(media):
    kept(media, hours=23)
    assert purge(at=timezone.now()) == 0
    assert len(files(media)) == 4


def test_what_is_no_photo_of_ours_stays(media):
    for name in ("campaigns/notes.txt", "campaigns/photo.png", "other/0123456789abcdef0123456789abcdef.png"):
        default_storage.save(name, ContentFile(b"x"))
    before = files(media)
    assert purge(at=timezone.now() + timedelta(days=9)) == 0
    assert files(media) == before


def test_without_any_file_there_is_nothing_to_do():
    assert purge(at=timezone.now()) == 0


def test_a_file_that_goes_in_the_meantime_is_not_counted(media, monkeypatch):
    kept(media, hours=25)

    def gone(name):
        raise FileNotFoundError(name)

    monkeypatch.setattr(default_storage, "get_modified_time", gone, raising=False)
    assert purge(at=timezone.now()) == 0


def test_a_bucket_is_purged_too(monkeypatch):
    with bucket() as made:
        monkeypatch.setattr(default_storage, "_wrapped", made)
        photos.keep(PICTURE)
        assert purge(at=timezone.now() + timedelta(hours=25)) == 4
        assert made.listdir("campaigns") == ([], [])


def test_the_command_tells_how_many(media):
    kept(media, hours=25)
    out = StringIO()
    call_command("purge_photos", stdout=out)
    assert out.getvalue() == "4 files removed.\n"


def test_the_command_ends_with_an_error_when_the_storage_is_away(monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", unreachable())
    with pytest.raises(CommandError, match=r"^The file storage cannot serve: "):
        call_command("purge_photos")
