"""Answers with a list that is too long to be held at once: it is read while it is sent."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse

from loyalty_site.api.rendering import PrettyJSONRenderer, json_of

NEXT_ITEM = ",\n    "


def streamed(body: Mapping[str, Any], name: str, parts: Iterable[list[str]]) -> StreamingHttpResponse:
    """The answer `body`, byte for byte as it would be rendered whole; these parts make up its list of texts `name`.

    The first part is read at once, so that what fails there is still answered as a failure.
    """
    rest = filter(None, parts)
    first = next(rest, [])
    return StreamingHttpResponse(_pieces(body, name, first, rest), content_type=PrettyJSONRenderer.media_type)


def _pieces(body: Mapping[str, Any], name: str, first: list[str], rest: Iterable[list[str]]) -> Iterator[bytes]:
    key = f'\n  "{name}": ['
    before, empty, after = json_of({**body, name: []}).partition(f"{key}]".encode())  # a text has no line ends in JSON
    if not first:
        yield before + empty + after
        return
    yield before + f"{key}\n    {_items(first)}".encode()
    for part in rest:
        yield f"{NEXT_ITEM}{_items(part)}".encode()
    yield b"\n  ]" + after


def _items(texts: list[str]) -> str:
    return json.dumps(texts, ensure_ascii=False, separators=(NEXT_ITEM, ": "))[1:-1]
