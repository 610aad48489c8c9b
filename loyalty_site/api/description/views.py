"""The description for programs, and its page for people."""

import json
from functools import cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from rest_framework.request import Request
from rest_framework.views import APIView

from loyalty_site.api.description.generator import Generator
from loyalty_site.api.rendering import plain

# The page runs nothing but the files of this site, and asks nobody else. The pictures of Swagger UI are `data:` ones.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class DescriptionView(APIView):
    """`GET /api/doc.json`"""

    def get(self, request: Request) -> HttpResponse:
        content, etag = description()
        answer = HttpResponse(content, content_type="application/json", headers={"ETag": etag})
        return get_conditional_response(_plain(request), etag=etag, response=answer)


class PageView(APIView):
    """`GET /doc`"""

    def get(self, request: Request) -> HttpResponse:
        page = render(_plain(request), "description/page.html")
        page["Content-Security-Policy"] = POLICY
        return page


@cache
def description() -> tuple[bytes, str]:
    """The description and its ETag; made for the first who asks, and the same until the program ends."""
    schema = plain(Generator().get_schema(public=True))
    content = json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()  # half of it would be spaces
    return content, f'"{sha256(content).hexdigest()[:32]}"'


def _plain(request: Request) -> HttpRequest:
    return request._request
