"""Files in a bucket of S3, or of a server that speaks like it. Loaded only where a setting names a bucket.

Nobody but this program reads the bucket: no ACL is sent, so that files are as private as the bucket, and no address
of a file is ever given away.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

MISSING = {"NoSuchKey", "404"}


class Bucket(S3Storage):
    """Faults are told as a disk tells them: FileNotFoundError for a file that is not there, OSError for the rest."""

    file_overwrite = False
    default_acl = None
    transfer_config = TransferConfig(use_threads=False)  # files are small
    client_config = Config(
        connect_timeout=3,  # seconds, each time: botocore's own minute would hold a web server's thread
        read_timeout=5,
        retries={"mode": "standard", "total_max_attempts": 2},
        request_checksum_calculation="when_required",  # servers other than Amazon's refuse more
        response_checksum_validation="when_required",
    )

    def _open(self, name: str, mode: str = "rb") -> File:
        """To read: the whole file in one request, where django-storages would make three."""
        if mode != "rb":
            raise ValueError("Files in the bucket are opened to be read; `save` writes them.")
        with faults_of_a_disk(name):
            return ContentFile(self.bucket.Object(self._normalize_name(name)).get()["Body"].read(), name)

    def _save(self, name: str, content: File) -> str:
        with faults_of_a_disk(name):
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with faults_of_a_disk(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with faults_of_a_disk(name):
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with faults_of_a_disk(path):
            return super().listdir(path)

    def get_modified_time(self, name: str) -> Any:
        with faults_of_a_disk(name):
            return super().get_modified_time(name)


@contextmanager
def faults_of_a_disk(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in MISSING:
            raise FileNotFoundError(name) from error
        raise OSError(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(str(error)) from error
