"""Photos in a bucket, and in storages that cannot serve."""

import pytest
from django.core.files.storage import FileSystemStorage, default_storage

from campaigns.models import Campaign
from tests.buckets import bucket, empty_folder, unreachable
from tests.builders import campaign
from tests.callers import NOT_FOUND, failure, told
from tests.campaigns.api.uploads import TAKEN, fetch, files, path, send
from tests.campaigns.pictures import drawn, file_of, read

PHOTO = file_of(drawn(600, 600), "JPEG")
pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]
UNAVAILABLE = failure(503, "Service Unavailable")


@pytest.fixture(scope="module")
def shared():
    with bucket() as made:
        yield made


@pytest.fixture
def in_a_bucket(monkeypatch, shared):
    monkeypatch.setattr(default_storage, "_wrapped", empty_folder(shared))
    return shared


@pytest.fixture(params=["unreachable", "spoiled"])
def lost(request, monkeypatch, tmp_path):
    """A bucket that does not answer; a disk with a file where the folder should be."""
    (tmp_path / "campaigns").touch()
    storage = unreachable() if request.param == "unreachable" else FileSystemStorage(tmp_path)
    return lambda: monkeypatch.setattr(default_storage, "_wrapped", storage)


def test_a_photo_is_kept_in_the_bucket_and_shown_from_it(admin, in_a_bucket):
    made = campaign()
    assert send(admin, made, PHOTO) == TAKEN
    assert len(files()) == 4
    full, small = fetch(made), fetch(made, "?size=160")
    assert (full.headers["Content-Type"], read(full.content).size) == ("image/jpeg", (600, 600))
    assert (small.headers["Content-Type"], read(small.content).size) == ("image/jpeg", (160, 160))
    assert fetch(made, If_None_Match=full.headers["ETag"]).status_code == 304


def test_a_new_photo_takes_the_place_of_the_old_files(admin, in_a_bucket, django_capture_on_commit_callbacks):
    made = campaign()
    send(admin, made, PHOTO)
    old = set(files())
    with django_capture_on_commit_callbacks(execute=True):
        assert send(admin, made, file_of(drawn(700, 700))) == TAKEN
    assert (len(files()), old & set(files())) == (4, set())
    assert read(fetch(made).content).size == (700, 700)


def test_a_removed_photo_leaves_nothing_behind(admin, in_a_bucket, django_capture_on_commit_callbacks):
    made = campaign()
    send(admin, made, PHOTO)
    with django_capture_on_commit_callbacks(execute=True):
        assert told(admin.send("DELETE", path(made))) == TAKEN
    assert (files(), told(fetch(made))) == ([], NOT_FOUND)


def test_a_file_that_is_gone_from_the_bucket_is_no_photo(admin, in_a_bucket):
    made = campaign()
    send(admin, made, PHOTO)
    in_a_bucket.delete(Campaign.objects.get().photo.name)
    assert told(fetch(made)) == NOT_FOUND


def test_a_lost_storage_shows_no_photo_for_a_while(admin, in_a_bucket, lost):
    made = campaign()
    send(admin, made, PHOTO)
    lost()
    answer = fetch(made)
    assert (told(answer), answer.headers["Retry-After"]) == (UNAVAILABLE, "1")


def test_a_lost_storage_takes_no_photo(admin, lost):
    made = campaign()
    lost()
    assert send(admin, made, PHOTO, Idempotency_Key="k") == UNAVAILABLE
    assert Campaign.objects.get().photo.name == ""


def test_after_an_outage_the_same_key_is_good(admin, in_a_bucket, monkeypatch):
    made = campaign()
    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "_wrapped", unreachable())
        assert send(admin, made, PHOTO, Idempotency_Key="k") == UNAVAILABLE
    assert send(admin, made, PHOTO, Idempotency_Key="k") == TAKEN
    assert fetch(made).status_code == 200


def test_a_lost_storage_does_not_keep_a_photo_from_being_removed(
    admin, in_a_bucket, lost, caplog, django_capture_on_commit_callbacks
):
    made = campaign()
    send(admin, made, PHOTO)
    name = Campaign.objects.get().photo.name
    lost()
    with django_capture_on_commit_callbacks(execute=True):
        assert told(admin.send("DELETE", path(made))) == TAKEN
    assert Campaign.objects.get().photo.name == ""
    assert f"{name} is left behind until purge_photos is run" in caplog.text
