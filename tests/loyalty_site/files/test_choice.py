"""Which storage the settings choose."""

import pytest

from loyalty_site.environment import SettingRefused
from loyalty_site.files import choice

ON_DISK = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch):
    for name in (choice.BUCKET, *choice.BESIDE_IT):
        monkeypatch.delenv(name, raising=False)


def test_files_are_kept_on_disk():
    assert choice.file_storage() == ON_DISK


def test_a_bucket_that_is_left_blank_is_none(monkeypatch):
    monkeypatch.setenv("LOYALTY_S3_BUCKET", "")
    assert choice.file_storage() == ON_DISK


def test_a_bucket_is_taken_where_one_is_named(monkeypatch):
    monkeypatch.setenv("LOYALTY_S3_BUCKET", "photos")
    assert choice.file_storage() == {
        "BACKEND": "loyalty_site.files.bucket.Bucket",
        "OPTIONS": {"bucket_name": "photos", "endpoint_url": None, "region_name": None, "location": ""},
    }


def test_it_may_be_anywhere(monkeypatch):
    monkeypatch.setenv("LOYALTY_S3_BUCKET", "photos")
    monkeypatch.setenv("LOYALTY_S3_ENDPOINT", "https://storage.example:9000")
    monkeypatch.setenv("LOYALTY_S3_REGION", "eu-central-1")
    monkeypatch.setenv("LOYALTY_S3_PREFIX", "/shop/")
    assert choice.file_storage()["OPTIONS"] == {
        "bucket_name": "photos",
        "endpoint_url": "https://storage.example:9000",
        "region_name": "eu-central-1",
        "location": "shop",
    }


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"LOYALTY_S3_BUCKET": "my photos"}, "LOYALTY_S3_BUCKET must be the name of a bucket"),
        ({"LOYALTY_S3_BUCKET": "s3://photos"}, "LOYALTY_S3_BUCKET must be the name of a bucket"),
        (
            {"LOYALTY_S3_BUCKET": "photos", "LOYALTY_S3_ENDPOINT": "storage.example"},
            "LOYALTY_S3_ENDPOINT must be an address such as https://",
        ),
        ({"LOYALTY_S3_PREFIX": "shop"}, "LOYALTY_S3_PREFIX is set, but LOYALTY_S3_BUCKET"),
        ({"LOYALTY_S3_REGION": "eu-central-1"}, "LOYALTY_S3_REGION is set, but LOYALTY_S3_BUCKET"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(monkeypatch, settings, sentence):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingRefused) as refused:
        choice.file_storage()
    assert str(refused.value).startswith(sentence)


def test_packages_that_are_not_installed_are_asked_for(monkeypatch):
    monkeypatch.setenv("LOYALTY_S3_BUCKET", "photos")
    monkeypatch.setattr(choice, "find_spec", lambda package: None if package == "storages" else object())
    with pytest.raises(SettingRefused, match=r"--require-hashes -r requirements-s3\.lock$"):
        choice.file_storage()
