"""Buckets for tests: one that moto keeps in memory, and one that nobody serves."""

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from loyalty_site.files.bucket import Bucket

NAME, REGION = "photos-of-tests", "eu-central-1"


@contextmanager
def bucket(**options: str) -> Iterator[Bucket]:
    """An empty one; no request leaves the process."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        boto3.client("s3", region_name=REGION).create_bucket(
            Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        yield Bucket(bucket_name=NAME, region_name=REGION, **options)


class Unreachable(Bucket):
    """Nothing listens at its address, and it is tried once."""

    client_config = Bucket.client_config.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))

    def __init__(self) -> None:
        super().__init__(
            bucket_name=NAME, region_name=REGION, endpoint_url="http://127.0.0.1:9", access_key="a", secret_key="b"
        )
