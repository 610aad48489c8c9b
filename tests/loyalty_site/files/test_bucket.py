"""Files in a bucket, and faults told as a disk tells them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from loyalty_site.files.outages import StorageUnavailable, storage_asked
from tests.buckets import bucket, empty_folder, unreachable

ASKED = {
    "open": lambda storage: storage.open("a/b.png"),
    "save": lambda storage: storage.save("a/b.png", ContentFile(b"x")),
    "delete": lambda storage: storage.delete("a/b.png"),
    "exists": lambda storage: storage.exists("a/b.png"),
    "listdir": lambda storage: storage.listdir("a"),
    "get_modified_time": lambda storage: storage.get_modified_time("a/b.png"),
}


@pytest.fixture(scope="module")
def shared():
    with bucket() as made:
        yield made


@pytest.fixture
def storage(shared):
    return empty_folder(shared)


def test_a_file_comes_back_as_it_was_saved(storage):
    assert storage.save("a/b.png", ContentFile(b"pixels")) == "a/b.png"
    with storage.open("a/b.png") as file:
        assert file.read() == b"pixels"
    assert [found.key for found in storage.bucket.objects.filter(Prefix=storage.location)] == [
        f"{storage.location}/a/b.png"
    ]


def test_a_file_is_kept_with_its_kind_and_for_nobody_else(storage):
    storage.save("a/b.png", ContentFile(b"pixels"))
    kept = storage.bucket.Object(f"{storage.location}/a/b.png")
    assert kept.content_type == "image/png"
    (grant,) = kept.Acl().grants
    assert (grant["Grantee"]["Type"], grant["Permission"]) == ("CanonicalUser", "FULL_CONTROL")


def test_a_file_is_never_written_over(storage):
    storage.save("a/b.png", ContentFile(b"first"))
    other = storage.save("a/b.png", ContentFile(b"second"))
    assert other != "a/b.png"
    assert storage.open("a/b.png").read() == b"first"


def test_a_file_is_not_opened_to_be_written(storage):
    with pytest.raises(ValueError, match="save"):
        storage.open("a/b.png", "wb")


def test_a_folder_lists_its_own_files(storage):
    for name in ("a/b.png", "a/c.png", "d/e.png"):
        storage.save(name, ContentFile(b"x"))
    assert storage.listdir("a") == ([], ["b.png", "c.png"])


def test_a_file_knows_since_when_it_is_there(storage):
    storage.save("a/b.png", ContentFile(b"x"))
    assert abs(storage.get_modified_time("a/b.png") - datetime.now(UTC)) < timedelta(hours=1)


def test_deleting_twice_is_deleting_once(storage):
    storage.save("a/b.png", ContentFile(b"x"))
    storage.delete("a/b.png")
    storage.delete("a/b.png")
    assert storage.exists("a/b.png") is False


@pytest.mark.parametrize("asked", ["open", "get_modified_time"])
def test_a_file_that_is_not_there_is_not_found(storage, asked):
    with pytest.raises(FileNotFoundError), storage_asked():
        ASKED[asked](storage)


@pytest.mark.parametrize("asked", ["open", "save", "listdir"])
def test_a_bucket_that_is_not_there_is_an_outage(storage, asked, monkeypatch):
    monkeypatch.setattr(storage, "bucket_name", "another-bucket")
    monkeypatch.setattr(storage, "_bucket", None)
    with pytest.raises(StorageUnavailable), storage_asked():
        ASKED[asked](storage)


@pytest.mark.parametrize("asked", ASKED)
def test_a_server_that_does_not_answer_is_an_outage(asked):
    with pytest.raises(StorageUnavailable), storage_asked():
        ASKED[asked](unreachable())
