"""Buckets for tests: one that moto keeps in memory, and one that nobody serves.

A connection takes longer to make than a test to run: a module of tests shares them, and each test has its own folder.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from loyalty_site.files.bucket import Bucket

NAME, REGION = "photos-of-tests", "eu-central-1"


@contextmanager
def bucket() -> Iterator[Bucket]:
    """An empty one; no request leaves the process."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        boto3.client("s3", region_name=REGION).create_bucket(
            Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        yield Bucket(bucket_name=NAME, region_name=REGION)


def empty_folder(storage: Bucket) -> Bucket:
    """The same bucket, with a folder of its own for what follows."""
    storage.location = uuid4().hex
    return storage


class Unreachable(Bucket):
    """Nothing listens at its address, and it is tried once."""

    client_config = Bucket.client_config.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))

    def __init__(self) -> None:
        super().__init__(
            bucket_name=NAME, region_name=REGION, endpoint_url="http://127.0.0.1:9", access_key="a", secret_key="b"
        )


@cache
def unreachable() -> Bucket:
    return Unreachable()
