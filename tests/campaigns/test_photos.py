"""A campaign's photo: which files there are before and after each change."""

from uuid import uuid4

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.db import transaction

from campaigns import photos
from campaigns.errors import CampaignNotFound
from loyalty_site.access.models import AuditEntry
from loyalty_site.files.outages import StorageUnavailable
from tests.builders import SHOP, campaign
from tests.campaigns.pictures import PICTURE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", InMemoryStorage())


def files() -> set[str]:
    try:
        return set(default_storage.listdir(photos.FOLDER)[1])
    except FileNotFoundError:
        return set()


def files_of(name: str) -> set[str]:
    stem, extension = name.removeprefix("campaigns/").split(".")
    return {f"{stem}.{extension}", *(f"{stem}-{width}.{extension}" for width in (160, 320, 640))}


def kept() -> str:
    return photos.keep(PICTURE)


def test_a_picture_is_kept_in_four_widths_under_a_name_of_its_own():
    first, second = kept(), kept()
    assert first != second
    assert files() == files_of(first) | files_of(second)


def test_a_campaign_gets_its_photo():
    made, name = campaign(), kept()
    photos.set_photo(made.pk, name, **SHOP)
    made.refresh_from_db()
    assert (made.photo.name, made.updated_at) == (name, SHOP["at"])


def test_a_new_photo_takes_the_place_of_the_old_one(django_capture_on_commit_callbacks):
    made, old, new = campaign(), kept(), kept()
    photos.set_photo(made.pk, old, **SHOP)
    with django_capture_on_commit_callbacks(execute=True):
        photos.set_photo(made.pk, new, **SHOP)
    assert files() == files_of(new)


def test_the_old_files_stay_until_the_change_is_committed():
    made, old, new = campaign(), kept(), kept()
    photos.set_photo(made.pk, old, **SHOP)
    photos.set_photo(made.pk, new, **SHOP)
    assert files() == files_of(old) | files_of(new)


def test_a_change_that_is_undone_keeps_the_old_photo(django_capture_on_commit_callbacks):
    made, old = campaign(), kept()
    photos.set_photo(made.pk, old, **SHOP)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        photos.remove_photo(made.pk, **SHOP)
        transaction.set_rollback(True)
    made.refresh_from_db()
    assert (made.photo.name, files()) == (old, files_of(old))


def test_removing_takes_the_files_along(django_capture_on_commit_callbacks):
    made, name = campaign(), kept()
    photos.set_photo(made.pk, name, **SHOP)
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove_photo(made.pk, **SHOP)
    made.refresh_from_db()
    assert (made.photo.name, files()) == ("", set())


def test_removing_no_photo_changes_nothing():
    made = campaign()
    photos.remove_photo(made.pk, **SHOP)
    assert not AuditEntry.objects.filter(action="photo removed").exists()


def test_the_audit_trail_tells_a_photo_replaced_from_one_added():
    made, old, new = campaign(), kept(), kept()
    photos.set_photo(made.pk, old, **SHOP)
    photos.set_photo(made.pk, new, **SHOP)
    photos.remove_photo(made.pk, **SHOP)
    entries = AuditEntry.objects.filter(action__startswith="photo").order_by("id")
    assert [(entry.action, entry.before["photo"], entry.after["photo"]) for entry in entries] == [
        ("photo added", "", old),
        ("photo replaced", old, new),
        ("photo removed", new, ""),
    ]


@pytest.mark.parametrize(
    "change", [lambda pk: photos.set_photo(pk, "x.png", **SHOP), lambda pk: photos.remove_photo(pk, **SHOP)]
)
def test_an_unknown_campaign_has_no_photo(change):
    with pytest.raises(CampaignNotFound):
        change(uuid4())


def test_discarding_removes_every_width():
    name, other = kept(), kept()
    photos.discard(name)
    assert files() == files_of(other)


def test_files_that_the_campaign_was_given_stay():
    made = campaign()
    with photos.kept(PICTURE, made.pk) as name:
        photos.set_photo(made.pk, name, **SHOP)
    assert files() == files_of(name)


def test_files_that_the_campaign_was_not_given_go():
    with photos.kept(PICTURE, campaign().pk) as name:
        assert files() == files_of(name)
    assert files() == set()


def test_files_go_when_the_database_takes_the_change_back():
    made = campaign()
    with photos.kept(PICTURE, made.pk) as name, transaction.atomic():
        photos.set_photo(made.pk, name, **SHOP)
        transaction.set_rollback(True)
    assert files() == set()


def test_a_storage_that_gives_up_half_way_is_left_as_it_was(monkeypatch):
    save = default_storage.save

    def save_two(name, content):
        if len(files()) == 2:
            raise OSError("No space left on device")
        return save(name, content)

    monkeypatch.setattr(default_storage, "save", save_two, raising=False)
    with pytest.raises(StorageUnavailable):
        kept()
    assert files() == set()
