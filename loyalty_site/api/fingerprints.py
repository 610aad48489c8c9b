"""What makes two requests the same request."""

import json
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from rest_framework.request import Request

VERSION = "1"


def fingerprint_of(request: Request) -> str:
    """SHA-256 over what the client sent: the method, the path with its query, and the body as it was understood."""
    body = json.dumps(request.data, sort_keys=True, separators=(",", ":"), default=_digest)
    return sha256("\n".join([VERSION, request.method, request.get_full_path(), body]).encode()).hexdigest()


def _digest(file: UploadedFile) -> str:
    content = sha256(b"".join(file.chunks())).hexdigest()
    file.seek(0)
    return content
