"""Answers are pretty-printed JSON, whatever the client says it accepts."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class PrettyJSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8; the header names no charset

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else json_of(data)


class AlwaysJSON(DefaultContentNegotiation):
    """No 406, and `?format=html` is a parameter of the endpoints."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


def json_of(data: Any) -> bytes:
    return json.dumps(plain(data), indent=2, ensure_ascii=False, allow_nan=False).encode()


def plain(value: Any) -> Any:
    """The value in JSON's own types; a whole number loses its `.0`. Dates are each dialect's to format."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return str(value) if isinstance(value, UUID) else value
