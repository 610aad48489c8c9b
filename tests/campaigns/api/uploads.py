"""Sending and fetching photos as clients do."""

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from campaigns.models import Campaign
from tests.callers import ANONYMOUS

TAKEN = 200, []


def path(made: Campaign) -> str:
    return f"/api/campaign/{made.pk}/photo"


def send(caller, made: Campaign, data: bytes, *, field: str = "photo[file]", name: str = "photo.png", **headers):
    body = encode_multipart(BOUNDARY, {field: SimpleUploadedFile(name, data)})
    return caller.post(path(made), body, media=MULTIPART_CONTENT, **headers)


def fetch(made: Campaign, query: str = "", **headers):
    return ANONYMOUS.send("GET", path(made) + query, **headers)


def files() -> list[str]:
    """The names of the files that the storage keeps for photos."""
    try:
        return default_storage.listdir("campaigns")[1]
    except FileNotFoundError:
        return []
