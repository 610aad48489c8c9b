"""What makes two requests the same request."""

import json
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac
from rest_framework.request import Request

VERSION = "2"


def fingerprint_of(request: Request) -> str:
    """A digest of what the client sent: the method, the path with its query, and the body as it was understood.

    Made with the site's key: a body may hold a password, which nobody is to guess from the digest.
    """
    body = json.dumps(request.data, sort_keys=True, separators=(",", ":"), default=_digest)
    sent = "\n".join([VERSION, request.method, request.get_full_path(), body])
    return salted_hmac("loyalty.fingerprint", sent, algorithm="sha256").hexdigest()


def _digest(file: UploadedFile) -> str:
    content = sha256(b"".join(file.chunks())).hexdigest()
    file.seek(0)
    return content
