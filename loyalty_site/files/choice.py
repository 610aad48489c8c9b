"""Where uploaded files are kept, by setting: in a directory of this machine, or in a bucket of S3 or its like."""

import re
from importlib.util import find_spec
from typing import Any

from loyalty_site.environment import SettingRefused, text

BUCKET = "LOYALTY_S3_BUCKET"
BESIDE_IT = ("LOYALTY_S3_ENDPOINT", "LOYALTY_S3_REGION", "LOYALTY_S3_PREFIX")
NAME = re.compile(r"[A-Za-z0-9._-]{3,255}")
ADDRESS = re.compile(r"https?://[^/\s]+(/\S*)?")
PACKAGES = ("storages", "boto3")


def file_storage() -> dict[str, Any]:
    """The default entry of STORAGES. Raises SettingRefused."""
    bucket, settings = text(BUCKET), {name: text(name) for name in BESIDE_IT}
    if not bucket:
        without_a_bucket = next((name for name, value in settings.items() if value), None)
        if without_a_bucket:
            raise SettingRefused(f"{without_a_bucket} is set, but {BUCKET}, the bucket it is about, is not.")
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    endpoint, region, prefix = settings.values()
    if not NAME.fullmatch(bucket):
        raise SettingRefused(f"{BUCKET} must be the name of a bucket, such as loyalty-photos.")
    if endpoint and not ADDRESS.fullmatch(endpoint):
        raise SettingRefused("LOYALTY_S3_ENDPOINT must be an address such as https://storage.example:9000.")
    if any(find_spec(package) is None for package in PACKAGES):
        raise SettingRefused(
            f"{BUCKET} needs packages that are not installed. Install them with: "
            ".venv/bin/python -m pip install --require-hashes -r requirements-s3.lock"
        )
    options = {"bucket_name": bucket, "endpoint_url": endpoint or None, "region_name": region or None}
    return {"BACKEND": "loyalty_site.files.bucket.Bucket", "OPTIONS": options | {"location": prefix.strip("/")}}
